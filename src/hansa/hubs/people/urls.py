from allauth.account import views as allauth_account
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from hansa.hubs.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/sent/", views.sent, name="sign-in-sent"),
    path("sign-in/link/<str:token>/", views.link, name="link"),
    path("sign-in/link/<str:token>/new/", views.new_link, name="new-link"),
    path("account/", views.account, name="account"),
    path("account/my-data.json", views.my_data, name="my-data"),
    path("account/password/", views.password, name="password"),
    path("account/password/forgotten/", views.forgotten, name="forgotten"),
    path("account/sign-out-everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("act-for/<int:hub_id>/", views.act_for, name="act-for"),
    path("profile/people/", views.people, name="people"),
    path("profile/people/invite/", views.invite, name="invite"),
    path("profile/people/<int:user_id>/", views.member, name="member"),
    path("profile/people/<int:user_id>/end/", views.end, name="end"),
    path("hubs/<str:slug>/people/", views.people, name="people-of"),
    path("hubs/<str:slug>/people/invite/", views.invite, name="invite-of"),
    path("hubs/<str:slug>/people/<int:user_id>/", views.member, name="member-of"),
    path("hubs/<str:slug>/people/<int:user_id>/end/", views.end, name="end-of"),
]

# allauth looks its pages up by their own names, outside any namespace. Only the pages that are wanted are here:
# its sign-up, mail and reset pages stay closed, links by mail do their work. Included by hansa.web.urls.
allauth_patterns = [
    path("account/login/", allauth_account.login, name="account_login"),
    path("account/logout/", allauth_account.logout, name="account_logout"),
    path("account/signup/", allauth_account.signup, name="account_signup"),
    path("account/inactive/", allauth_account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", allauth_account.reauthenticate, name="account_reauthenticate"),
    path("account/2fa/webauthn/login/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("account/2fa/", include("allauth.mfa.urls")),
]

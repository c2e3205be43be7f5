from django.urls import path

from hansa.collaboration.agreements import views

app_name = "agreements"
urlpatterns = [
    path("agreements/library/", views.library, name="library"),
    path("agreements/library/<slug:key>/", views.model, name="model"),
    path("agreements/library/<slug:key>/text.txt", views.model_file, {"kind": "txt"}, name="model_text"),
    path("agreements/library/<slug:key>/text.pdf", views.model_file, {"kind": "pdf"}, name="model_pdf"),
    path("requests/<slug:ref>/agreement/", views.show, name="agreement"),
    path("requests/<slug:ref>/agreement/new/", views.new, name="new"),
    path("requests/<slug:ref>/agreement/seen/", views.seen, name="seen"),
    path("requests/<slug:ref>/agreement/accept/", views.accept, name="accept"),
    path("requests/<slug:ref>/agreement/decline/", views.decline, name="decline"),
    path("requests/<slug:ref>/agreement/signatory/", views.appoint, name="appoint"),
    path("requests/<slug:ref>/agreement/terms/", views.terms, name="terms"),
    path("requests/<slug:ref>/agreement/risks/", views.coverage, name="coverage"),
    path("requests/<slug:ref>/agreement/clauses/<slug:key>/", views.clause, name="clause"),
    path("requests/<slug:ref>/agreement/versions/<int:number>/", views.version, name="version"),
    path("requests/<slug:ref>/agreement/versions/<int:number>/agreement.docx", views.word_file, name="word_file"),
    path("requests/<slug:ref>/agreement/sign/", views.sign, name="sign"),
    path("requests/<slug:ref>/agreement/sign/code/", views.code, name="code"),
    path("requests/<slug:ref>/agreement/sign/passkey.json", views.passkey, name="passkey"),
    path("requests/<slug:ref>/agreement/sign/file/", views.send_file, name="send_file"),
    path("requests/<slug:ref>/agreement/sign/back/", views.withdraw, name="withdraw"),
    path("requests/<slug:ref>/agreement/round/", views.arrange, name="arrange"),
    path("requests/<slug:ref>/agreement/to-sign.pdf", views.file_to_sign, name="file_to_sign"),
    path("requests/<slug:ref>/agreement/evidence.pdf", views.evidence_file, name="evidence_file"),
    path("requests/<slug:ref>/agreement/file/", views.file, name="file"),
    path("requests/<slug:ref>/agreement/draft.pdf", views.draft_file, name="draft_file"),
    path("requests/<slug:ref>/agreement/check/", views.check, name="check"),
    path("requests/<slug:ref>/agreement/seal-authority.pem", views.certificate, name="certificate"),
]

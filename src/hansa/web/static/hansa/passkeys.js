const supported = "PublicKeyCredential" in window
const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0))
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
const withBytes = list => (list || []).map(item => ({ ...item, id: toBytes(item.id) }))
async function optionsOf(form) {
const answer = form.dataset.optionsFrom
? await (await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } })).json()
: JSON.parse(document.getElementById(form.dataset.options).textContent)
return (answer.creation_options || answer.request_options || answer).publicKey
}
async function create(form, options) {
const alone = form.elements.passwordless
if (alone) {
const wish = alone.checked ? "required" : "discouraged"
options.authenticatorSelection = { ...options.authenticatorSelection, residentKey: wish, requireResidentKey: alone.checked }
if (alone.checked) options.authenticatorSelection.userVerification = "required"
}
options.user = { ...options.user, id: toBytes(options.user.id) }
options.excludeCredentials = withBytes(options.excludeCredentials)
return navigator.credentials.create({ publicKey: options })
}
async function get(form, options) {
options.allowCredentials = withBytes(options.allowCredentials)
return navigator.credentials.get({ publicKey: options })
}
function written(credential) {
const { response } = credential
const parts = {}
for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
if (response[name]) parts[name] = toText(response[name])
}
if (response.getTransports) parts.transports = response.getTransports()
return JSON.stringify({
id: credential.id,
rawId: toText(credential.rawId),
type: credential.type,
authenticatorAttachment: credential.authenticatorAttachment,
clientExtensionResults: credential.getClientExtensionResults(),
response: parts
})
}
for (const form of document.querySelectorAll("form[data-passkey]")) {
if (!supported) continue
form.hidden = false
form.addEventListener("submit", async event => {
event.preventDefault()
const error = form.querySelector("[data-passkey-error]")
if (error) error.hidden = true
try {
const options = await optionsOf(form)
options.challenge = toBytes(options.challenge)
const credential = await (form.dataset.passkey === "create" ? create : get)(form, options)
form.elements.credential.value = written(credential)
form.submit()
} catch {
if (error) error.hidden = false
}
})
}

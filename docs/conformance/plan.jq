# The configuration of the OpenID Foundation's conformance suite for a workspace, with what its browser has to press:
#   jq -n -f plan.jq --arg issuer … --arg id … --arg secret … --arg id_post … --arg secret_post … --arg id_2 … --arg secret_2 …
#      --arg username … --arg password …

def page($path; $commands): {match: ($issuer + $path + "*"), commands: $commands};
def screenshot($text): ["wait", "xpath", "//*", 10, $text, "update-image-placeholder"];

# A page of sign-in, one of consent, neither, or both.
def sign_in($before):
  {match: ($issuer + "/oauth2/authorize*"), tasks: [
    (page("/oauth2/authorize"; $before + [
      ["text", "id", "username", $username, "optional"],
      ["text", "id", "password", $password, "optional"],
      ["click", "id", "sign-in", "optional"]]) + {task: "Sign in", optional: true}),
    (page("/oauth2/authorize"; [["click", "id", "allow", "optional"]]) + {task: "Agree", optional: true}),
    {task: "Back", match: "*/test/a/cardea/callback*", commands: [["wait", "id", "submission_complete", 10]]}]};

def refused($path):
  {match: ($issuer + $path + "*"), tasks: [page($path; [screenshot("This did not work")]) + {task: "Error page"}]};

def sign_out($after):
  {match: ($issuer + "/oidc/logout*"), tasks: [
    (page("/oidc/logout"; [["click", "id", "sign-out", "optional"]]) + {task: "Sign out", optional: true}),
    $after]};
def back: {task: "Back", match: "*/test/a/cardea/post_logout_redirect*"};
def stays: page("/oidc/logout"; [screenshot("You are signed out")]) + {task: "Signed out"};

def each($names; $browser): [$names[] | {(.): {browser: $browser}}] | add;

{
  alias: "cardea",
  server: {discoveryUrl: ($issuer + "/.well-known/openid-configuration"), login_hint: $username},
  client: {client_id: $id, client_secret: $secret},
  client_secret_post: {client_id: $id_post, client_secret: $secret_post},
  client2: {client_id: $id_2, client_secret: $secret_2},
  browser: [sign_in([]), sign_out(back)],
  override: (
    each(["oidcc-prompt-login", "oidcc-max-age-1"];
      [sign_in([["wait", "id", "sign-in", 10, "Sign in", "update-image-placeholder-optional"]])])
    + each(["oidcc-ensure-registered-redirect-uri"]; [refused("/oauth2/authorize")])
    + each(["no-params", "only-state", "no-post-logout-redirect-uri"] | map("oidcc-rp-initiated-logout-" + .);
      [sign_in([]), sign_out(stays)])
    + each(["bad-post-logout-redirect-uri", "query-added-to-post-logout-redirect-uri", "modified-id-token-hint",
            "bad-id-token-hint", "no-id-token-hint"] | map("oidcc-rp-initiated-logout-" + .);
      [sign_in([]), refused("/oidc/logout")]))
}

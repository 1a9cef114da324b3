package io.countersign.presign;

import io.countersign.http.Call;
import io.countersign.http.JsonBody;
import io.countersign.http.LazyBody;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.json.JsonText;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.List;

/**
 * {@code POST /post-policy}: a bearer JWT and what is to be uploaded in, a form out with which a browser can do it (protocol.md 4). The caller's default role
 * must be allowed oss:PutObject on the key, or on every key below the prefix; the form is signed with the bucket's signer, for a bucket of the role's account.
 *
 * <p>A form can say more than its policy names, and OSS lets that pass where the signer may. An ACL is what would open the object: where the signer may set one
 * and the caller may not, the policy binds it to {@code default}.
 */
public final class PostPolicyFunction {
    private final BearerAuthenticator authenticator;
    private final PostPolicyRequestReader reader;
    private final SigningTable table = new SigningTable(SigningOptions.DEFAULT);
    private final SigningAuthority authority;
    private final FormSigner signer;

    /** @param signingKeys shared with whoever else signs or verifies with the registry's keys */
    public PostPolicyFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SigningKeys signingKeys,
            PresignSettings.PostPolicySettings settings) {
        this.authenticator = authenticator;
        this.reader = new PostPolicyRequestReader(settings);
        this.authority = new SigningAuthority(registry);
        this.signer = new FormSigner(signingKeys);
    }

    /**
     * Answers one call, whatever it is: with a form, or with the problem that says what to change.
     *
     * @param now the present: token and policies are judged by it, and the form's expiry counts from it
     */
    public Reply handle(Call call, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            LazyBody<PostPolicyRequest> body =
                    new LazyBody<>(() -> JsonBody.read(call, RequestLimits.BODY, reader::read));
            Caller caller = authenticator.caller(call, () -> hints(body), now);
            FormSigner.UploadForm form = form(body.get(), caller, ClientContext.of(call), now);
            return Reply.json(200, JsonText.object(form::write));
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (SigningRefusal refusal) {
            return refusal.problem("The form is not made").reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private List<ReadAhead.Hint> hints(LazyBody<PostPolicyRequest> body) {
        return body.ifValid().map(wanted -> hints(wanted.place())).orElse(List.of());
    }

    private List<ReadAhead.Hint> hints(SigningTable.UploadPlace place) {
        try {
            return SigningAuthority.names(table.admitUpload(place).buckets());
        } catch (SigningRefusal refusal) {
            // Thrown again once the caller is known.
            return List.of();
        }
    }

    private FormSigner.UploadForm form(PostPolicyRequest wanted, Caller caller, ClientContext asker, Instant now)
            throws SigningRefusal, StoreUnavailable {
        SignableRequest upload = table.admitUpload(wanted.place());
        Facts facts = authority.load(upload.buckets(), now);
        SigningAuthority.UploadPermit permitted =
                authority.permitUpload(caller, upload, facts, asker, StepBudget.ofRequest(), now);
        return signer.sign(wanted, permitted.permit(), permitted.bindsAcl(), now);
    }
}

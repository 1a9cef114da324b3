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
import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.policy.StepBudget;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.time.Instant;
import java.util.List;

/**
 * {@code POST /post-policy}: authenticates the caller by a bearer JWT and returns a form with which a browser can upload an object (docs/protocol.md 4). The caller's
 * default role must allow oss:PutObject on the key, or on every key below the prefix. The bucket must belong to the role's account; its signer signs the form.
 *
 * <p>OSS accepts form fields that the policy does not name if the signer may use them. An ACL field could make the object public, so the policy binds the ACL to
 * {@code default} when the signer may set one and the caller may not.
 */
public final class PostPolicyFunction {
    private final BearerAuthenticator authenticator;
    private final PostPolicyRequestReader reader;
    private final SigningTable table = new SigningTable(SigningOptions.DEFAULT);
    private final SigningAuthority authority;
    private final FormSigner signer;

    /**
     * @param limits of this process, which everything that signs for callers shares
     * @param signingKeys a cache that all signers and verifiers of the registry's keys share
     */
    public PostPolicyFunction(
            BearerAuthenticator authenticator,
            KeyRegistry registry,
            SubjectLimits limits,
            SigningKeys signingKeys,
            PostPolicySettings settings) {
        this.authenticator = authenticator;
        this.reader = new PostPolicyRequestReader(settings);
        this.authority = new SigningAuthority(registry, limits);
        this.signer = new FormSigner(signingKeys);
    }

    /**
     * Answers a call with a form, or with a problem that says what to change.
     *
     * @param now the present, at which token and policies are evaluated and from which the form's expiry counts
     */
    public Reply handle(Call call, Instant now) {
        NotedFacts noted = new NotedFacts();
        Reply reply = answer(call, noted, now);
        return reply.about(noted.facts());
    }

    private Reply answer(Call call, NotedFacts noted, Instant now) {
        try {
            RequestLimits.check(call, RequestLimits.BODY, "POST");
            LazyBody<PostPolicyRequest> body = new LazyBody<>(() -> JsonBody.read(call, reader::read));
            Caller caller = authenticator.caller(call, RoleFaces.Face.POST_POLICY, () -> hints(body), now);
            noted.caller(caller);
            FormSigner.UploadForm form = form(body.get(), noted, caller, ClientContext.of(call), now);
            return Reply.json(200, form::write);
        } catch (ProblemException refused) {
            return refused.problem().reply();
        } catch (SigningRefusal refusal) {
            noted.refused(refusal);
            return refusal.problem("The form was not signed").reply();
        } catch (StoreUnavailable e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private List<ReadAhead.Hint> hints(LazyBody<PostPolicyRequest> body) {
        return body.ifValid().map(request -> hints(request.place())).orElse(List.of());
    }

    private List<ReadAhead.Hint> hints(SigningTable.UploadPlace place) {
        try {
            return SigningAuthority.names(table.admitUpload(place).buckets());
        } catch (SigningRefusal refusal) {
            // The call is refused after authentication.
            return List.of();
        }
    }

    private FormSigner.UploadForm form(
            PostPolicyRequest request, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws SigningRefusal, StoreUnavailable {
        noted.version(request.version());
        SignableRequest upload = table.admitUpload(request.place());
        noted.request(upload);
        Facts facts = authority.load(upload.buckets(), now);
        SigningAuthority.UploadPermit granted =
                authority.permitUpload(caller, upload, facts, client, StepBudget.ofRequest(), now);
        noted.permitted(granted.permit());
        BucketAcceptance.require(request.version(), upload.named(), facts, now);
        FormSigner.requireUrl(granted.permit().bucket());
        return signer.sign(request, authority.grant(granted.permit(), now), granted.bindsAcl(), now);
    }
}

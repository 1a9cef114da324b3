package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.SelfSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Signs strings that were parsed, rebuilt and permitted, and no others. */
final class ContentSigner {
    private final ContentAuthorizer desk;
    private final SigningKeys signingKeys;

    ContentSigner(KeyRegistry registry, SigningKeys signingKeys, SignContentSettings settings) {
        this.desk = new ContentAuthorizer(registry, settings);
        this.signingKeys = signingKeys;
    }

    /** The buckets that a call names, at first sight: nothing is rebuilt yet. */
    static Set<String> buckets(WantedReader.Wanted wanted) throws ProblemException {
        return switch (wanted) {
            case WantedReader.Wanted.AuthorizationText text -> buckets(V1Content.parse(text.content()));
            case WantedReader.Wanted.AuthorizationJson json -> buckets(V1Content.parse(json.content()));
            case WantedReader.Wanted.Signature signature ->
                Set.of(signature.request().bucket());
        };
    }

    private static Set<String> buckets(V1Content content) {
        return switch (content.parsed().own().target()) {
            case Target.Service service -> Set.of();
            case Target.Bucket bucket -> Set.of(bucket.bucket());
            case Target.ObjectKey object -> Set.of(object.bucket());
        };
    }

    /** {@code OSS id:signature} for a string to sign of V1. */
    String authorization(String content, Caller caller, ClientContext asker, Instant now)
            throws ProblemException, StoreUnavailable {
        SigningAuthority.SigningGrant permit =
                desk.permit(V1Content.parse(content).parsed(), caller, asker, now);
        return SelfSignature.authorization(content, permit.signer());
    }

    /** The signature alone: Base64 for V1, hex for V4. */
    String signature(RemoteRequest wanted, Caller caller, ClientContext asker, Instant now)
            throws ProblemException, StoreUnavailable {
        return switch (wanted) {
            case RemoteRequest.V1 v1 -> v1(v1, caller, asker, now);
            case RemoteRequest.V4 v4 -> v4(v4, caller, asker, now);
        };
    }

    private String v1(RemoteRequest.V1 wanted, Caller caller, ClientContext asker, Instant now)
            throws ProblemException, StoreUnavailable {
        V1Content content = V1Content.parse(wanted.stringToSign());
        wanted.requireAgrees(content.parsed().request());
        RemoteRequest.require("date", content.date(), wanted.date());
        SigningAuthority.SigningGrant permit = desk.permit(content.parsed(), caller, asker, now);
        requireKey(wanted.accessKeyId(), permit.signer());
        return SelfSignature.v1(wanted.stringToSign(), permit.signer());
    }

    private String v4(RemoteRequest.V4 wanted, Caller caller, ClientContext asker, Instant now)
            throws ProblemException, StoreUnavailable {
        V4StringToSign stringToSign = V4StringToSign.parse(wanted.stringToSign());
        RemoteRequest.require("date", stringToSign.day(), wanted.date());
        RemoteRequest.require("region", stringToSign.region(), wanted.region());
        RemoteRequest.require("product", stringToSign.product(), wanted.product());
        Parsed parsed = V4Content.parse(canonicalRequest(wanted, stringToSign), stringToSign);
        wanted.requireAgrees(parsed.request());
        SigningAuthority.SigningGrant permit = desk.permit(parsed, caller, asker, now);
        requireScope(stringToSign, permit);
        requireKey(wanted.accessKeyId(), permit.signer());
        if (parsed.presented() instanceof RequestCredentials.V4Url url) {
            requireKey(Optional.of(url.accessKeyId()), permit.signer());
        }
        return SelfSignature.v4(
                wanted.stringToSign(), stringToSign.scope(permit.signer().id()), permit.signer(), signingKeys);
    }

    private static String canonicalRequest(RemoteRequest.V4 wanted, V4StringToSign stringToSign)
            throws ProblemException {
        if (wanted.canonicalRequest().isEmpty()) {
            return V4Candidates.find(wanted, stringToSign);
        }
        String canonicalRequest = wanted.canonicalRequest().get();
        if (!stringToSign.isOf(canonicalRequest)) {
            throw ContentError.CANONICAL_REQUEST_MISMATCH.cause(
                    "The stringToSign does not have the SHA-256 of the canonicalRequest; send the text that was hashed.");
        }
        return canonicalRequest;
    }

    private static void requireScope(V4StringToSign stringToSign, SigningAuthority.SigningGrant permit)
            throws ProblemException {
        if (!stringToSign.region().equals(permit.bucket().region())
                || !stringToSign.product().equals(CredentialScope.OSS)) {
            throw ContentError.INVALID_SCOPE.cause(
                    "The bucket is of the region " + permit.bucket().region() + " and the product is "
                            + CredentialScope.OSS + "; configure the client so.");
        }
    }

    private static void requireKey(Optional<String> id, AccessKey signer) throws ProblemException {
        if (id.isPresent() && !id.get().equals(signer.id())) {
            throw ContentError.otherKey(signer.id());
        }
    }

    /**
     * What a string to sign asks for. It was rebuilt from this and is the same, byte for byte.
     *
     * @param request as far as it is signed; what belongs to the signature itself (dates, credential) is in it
     * @param own the same without what belongs to the signature: what the caller wants
     * @param others further requests that the same string stands for
     * @param presented where the signature goes and what bounds its time; it has no signature yet
     * @param expires when a presigned URL ends
     */
    record Parsed(
            OssRequest request,
            OssRequest own,
            List<OssRequest> others,
            RequestCredentials.Signed presented,
            Optional<Instant> expires) {
        Parsed {
            others = List.copyOf(others);
        }
    }
}

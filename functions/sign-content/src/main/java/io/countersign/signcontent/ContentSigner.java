package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SigningPermit;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.oss.OssRequest;
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

/** Signs strings to sign. Every string is parsed, rebuilt, compared and authorized before it is signed. */
final class ContentSigner {
    private final ContentAuthorizer authorizer;
    private final SigningKeys signingKeys;

    ContentSigner(KeyRegistry registry, SubjectLimits limits, SigningKeys signingKeys, SignContentSettings settings) {
        this.authorizer = new ContentAuthorizer(registry, limits, settings);
        this.signingKeys = signingKeys;
    }

    /** Returns the buckets that a request names, for the read-ahead of the registry. */
    static Set<String> buckets(ContentRequestReader.ContentRequest request) throws ProblemException {
        return switch (request) {
            case ContentRequestReader.ContentRequest.AuthorizationText text ->
                buckets(text.content().content().get());
            case ContentRequestReader.ContentRequest.AuthorizationJson json ->
                buckets(json.content().content().get());
            case ContentRequestReader.ContentRequest.Signature signature ->
                Set.of(signature.request().bucket());
        };
    }

    private static Set<String> buckets(V1Content content) {
        return content.parsed().own().target().bucketName().map(Set::of).orElse(Set.of());
    }

    /** Returns {@code OSS id:signature} for a string to sign of V1. */
    String authorization(
            ContentRequestReader.V1Text content, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws ProblemException, StoreUnavailable {
        SigningPermit permit = authorizer.permit(content.content().get().parsed(), noted, caller, client, now);
        return SelfSignature.authorization(content.text(), authorizer.signer(permit, now));
    }

    /** Returns the signature: Base64 for V1, hex for V4. */
    String signature(RemoteRequest request, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws ProblemException, StoreUnavailable {
        return switch (request) {
            case RemoteRequest.V1 v1 -> v1(v1, noted, caller, client, now);
            case RemoteRequest.V4 v4 -> v4(v4, noted, caller, client, now);
        };
    }

    private String v1(RemoteRequest.V1 request, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws ProblemException, StoreUnavailable {
        V1Content content = V1Content.parse(request.stringToSign());
        request.requireAgrees(content.parsed().request());
        RemoteRequest.require("date", content.date(), request.date());
        SigningPermit permit = authorizer.permit(content.parsed(), noted, caller, client, now);
        requireKey(request.accessKeyId(), permit);
        return SelfSignature.v1(request.stringToSign(), authorizer.signer(permit, now));
    }

    private String v4(RemoteRequest.V4 request, NotedFacts noted, Caller caller, ClientContext client, Instant now)
            throws ProblemException, StoreUnavailable {
        V4StringToSign stringToSign = V4StringToSign.parse(request.stringToSign());
        RemoteRequest.require("date", stringToSign.day(), request.date());
        RemoteRequest.require("region", stringToSign.region(), request.region());
        RemoteRequest.require("product", stringToSign.product(), request.product());
        Parsed parsed = V4Content.parse(canonicalRequest(request, stringToSign), stringToSign);
        request.requireAgrees(parsed.request());
        SigningPermit permit = authorizer.permit(parsed, noted, caller, client, now);
        requireScope(stringToSign, permit);
        requireKey(request.accessKeyId(), permit);
        if (parsed.presented() instanceof RequestCredentials.V4Url url) {
            requireKey(Optional.of(url.accessKeyId()), permit);
        }
        AccessKey signer = authorizer.signer(permit, now);
        return SelfSignature.v4(request.stringToSign(), stringToSign.scope(signer.id()), signer, signingKeys);
    }

    private static String canonicalRequest(RemoteRequest.V4 request, V4StringToSign stringToSign)
            throws ProblemException {
        if (request.canonicalRequest().isEmpty()) {
            return V4Candidates.find(request, stringToSign);
        }
        String canonicalRequest = request.canonicalRequest().get();
        if (!stringToSign.isOf(canonicalRequest)) {
            throw ContentError.CANONICAL_REQUEST_MISMATCH.cause(
                    "The stringToSign does not have the SHA-256 of the canonicalRequest; send the text that was hashed.");
        }
        return canonicalRequest;
    }

    private static void requireScope(V4StringToSign stringToSign, SigningPermit permit) throws ProblemException {
        if (!stringToSign.region().equals(permit.bucket().region())
                || !stringToSign.product().equals(CredentialScope.OSS)) {
            throw ContentError.INVALID_SCOPE.cause(
                    "The bucket is in the region " + permit.bucket().region() + " and the product is "
                            + CredentialScope.OSS + "; configure the client accordingly.");
        }
    }

    private static void requireKey(Optional<String> id, SigningPermit permit) throws ProblemException {
        if (id.isPresent() && !id.get().equals(permit.signerId())) {
            throw ContentError.otherKey(permit.signerId());
        }
    }

    /**
     * The request of a string to sign. The string was rebuilt from it and compared byte for byte.
     *
     * @param request the signed parts of the request, including those of the signature (dates, credential)
     * @param own the request without the parts of the signature, which is the caller's request
     * @param others further requests with the same string to sign
     * @param presented the place and the validity of the signature, without the signature
     * @param expires the expiry of a presigned URL
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

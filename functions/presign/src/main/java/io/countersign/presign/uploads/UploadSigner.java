package io.countersign.presign.uploads;

import io.countersign.identity.Caller;
import io.countersign.identity.delegation.BucketAcceptance;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.delegation.SignableRequest;
import io.countersign.identity.delegation.SigningAuthority;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.identity.delegation.SigningPermit;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.identity.delegation.SigningTable;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.policy.StepBudget;
import io.countersign.presign.FormSigner;
import io.countersign.presign.PostPolicyRequest;
import io.countersign.presign.PresignRequestReader;
import io.countersign.presign.PresignSettings;
import io.countersign.presign.PresignedUrl;
import io.countersign.presign.Presigner;
import io.countersign.presign.callbacks.AllowedUpload;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Upload;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs what an upload needs, once the role may write the key: a PUT of exactly this size, a form up to the largest, or parts of exactly these sizes. */
final class UploadSigner {
    /** The headers of callbacks are Countersign's own here, so that no opt-in of the operator is needed. */
    private static final PresignSettings OWN = new PresignSettings(
            PresignSettings.DEFAULT.maxExpiry(),
            PresignSettings.DEFAULT.defaultExpiry(),
            new SigningOptions(true, false, Set.of()));

    private final Presigner presigner;
    private final FormSigner forms;
    private final SigningAuthority authority;
    private final SigningTable table = new SigningTable(SigningOptions.DEFAULT);

    UploadSigner(KeyRegistry registry, SigningKeys signingKeys, SubjectLimits limits, SecureRandom random) {
        this.presigner = new Presigner(signingKeys, OWN, random);
        this.forms = new FormSigner(signingKeys);
        this.authority = new SigningAuthority(registry, limits);
    }

    /** An object that a caller writes, with what is noted of it. */
    record Writing(UploadCallers.Admitted admitted, String key, NotedFacts noted) {
        Upload upload() {
            return admitted.upload();
        }

        /** What is allowed from now on, of this object. */
        AllowedUpload allowed(NewObject object, Instant now) {
            Caller caller = admitted.bearer().caller();
            return new AllowedUpload(
                    upload().name(),
                    object.id(),
                    caller.accountId(),
                    upload().bucket(),
                    key,
                    caller.subject(),
                    caller.provider().name(),
                    upload().maxBytes(),
                    now.truncatedTo(ChronoUnit.SECONDS).plus(upload().expiresIn()));
        }
    }

    /** A part to sign. */
    record PartToSign(int number, Optional<Long> size) {}

    /**
     * Presigns a PUT of a file. The URL binds its type, its size and its digest.
     *
     * @param callback the header x-oss-callback
     * @return without the header Content-Length, which every client sends
     */
    PresignedUrl put(Writing writing, UploadRequest file, Optional<String> callback, Instant now)
            throws SigningRefusal, StoreUnavailable {
        Headers headers = Headers.NONE.and("content-type", file.contentType());
        if (file.contentMd5().isPresent()) {
            headers = headers.and("content-md5", file.contentMd5().get());
        }
        if (callback.isPresent()) {
            headers = headers.and("x-oss-callback", callback.get());
        }
        PresignRequestReader.PresignRequest request = request(
                writing,
                headers.and("content-length", Long.toString(file.size().orElseThrow())),
                QueryParameters.NONE,
                writing.upload().expiresIn());
        SigningPermit permit = permit(writing, presigner.admit(request), now);
        SigningAuthority.SigningGrant grant = authority.grant(permit, now);
        PresignedUrl url = presigner.sign(request, grant.bucket(), grant.signer(), Optional.empty(), now);
        return new PresignedUrl(url.url(), url.method(), headers, url.expiration());
    }

    /**
     * Signs a form for a file of at most the largest size.
     *
     * @param callback the field {@code callback}
     * @param status the status of OSS's answer
     */
    FormSigner.UploadForm form(
            Writing writing, UploadRequest file, Optional<String> callback, Optional<String> status, Instant now)
            throws SigningRefusal, StoreUnavailable {
        Upload upload = writing.upload();
        SigningTable.UploadPlace place = new SigningTable.UploadPlace.Key(upload.bucket(), writing.key());
        SignableRequest request = table.admitUpload(place);
        writing.noted().request(request);
        Facts facts = facts(request, now);
        SigningAuthority.UploadPermit permit = authority.permitUpload(
                writing.admitted().bearer().caller(),
                request,
                facts,
                writing.admitted().client(),
                StepBudget.ofRequest(),
                now);
        writing.noted().version(SignatureVersion.V4);
        writing.noted().permitted(permit.permit());
        BucketAcceptance.require(SignatureVersion.V4, request.named(), facts, now);
        PostPolicyRequest form = new PostPolicyRequest(
                place,
                upload.expiresIn(),
                new PostPolicyRequest.LengthRange(1, Math.min(upload.maxBytes(), Upload.MAX_AT_ONCE)),
                List.of(file.contentType()),
                status,
                SignatureVersion.V4,
                callback.map(text -> Map.of("callback", text)).orElse(Map.of()));
        return forms.sign(form, authority.grant(permit.permit(), now), permit.bindsAcl(), now);
    }

    /** Permits the writing of an object in parts, before the storage is asked for it. */
    SigningPermit permitParts(Writing writing, Instant now) throws SigningRefusal, StoreUnavailable {
        PresignRequestReader.PresignRequest request =
                part(writing, "0", new PartToSign(1, Optional.empty()), Duration.ofSeconds(1));
        return permit(writing, presigner.admit(request), now);
    }

    /** Counts the signatures of parts, all or none, and gives the key that signs them. */
    SigningAuthority.SigningGrant grant(SigningPermit permit, int signatures, Instant now) throws SigningRefusal {
        return authority.grants(Collections.nCopies(signatures, permit), now).getFirst();
    }

    /**
     * Presigns a PUT of each part. A URL binds the size where it is known.
     *
     * @param grant for as many signatures
     */
    List<String> parts(
            Writing writing,
            SigningAuthority.SigningGrant grant,
            UploadTicket ticket,
            List<PartToSign> parts,
            Instant now)
            throws SigningRefusal {
        Duration left = Duration.ofSeconds(ticket.upload().expires().getEpochSecond() - now.getEpochSecond());
        List<String> urls = new ArrayList<>(parts.size());
        for (PartToSign part : parts) {
            PresignRequestReader.PresignRequest request = part(writing, ticket.storageId(), part, left);
            urls.add(presigner
                    .sign(request, grant.bucket(), grant.signer(), Optional.empty(), now)
                    .url());
        }
        return urls;
    }

    private SigningPermit permit(Writing writing, SignableRequest request, Instant now)
            throws SigningRefusal, StoreUnavailable {
        writing.noted().version(SignatureVersion.V4);
        writing.noted().request(request);
        Facts facts = facts(request, now);
        SigningPermit permit = authority.permit(
                writing.admitted().bearer().caller(),
                request,
                facts,
                writing.admitted().client(),
                StepBudget.ofRequest(),
                now);
        writing.noted().permitted(permit);
        BucketAcceptance.require(SignatureVersion.V4, request.named(), facts, now);
        return permit;
    }

    private Facts facts(SignableRequest request, Instant now) throws StoreUnavailable {
        return authority.load(request.buckets(), now);
    }

    private static PresignRequestReader.PresignRequest part(
            Writing writing, String storageId, PartToSign part, Duration expiresIn) {
        Headers headers = part.size()
                .map(size -> Headers.NONE.and("content-length", Long.toString(size)))
                .orElse(Headers.NONE);
        QueryParameters query = new QueryParameters(List.of(
                QueryParameter.of("partNumber", Integer.toString(part.number())),
                QueryParameter.of("uploadId", storageId)));
        return request(writing, headers, query, expiresIn);
    }

    private static PresignRequestReader.PresignRequest request(
            Writing writing, Headers headers, QueryParameters query, Duration expiresIn) {
        return new PresignRequestReader.PresignRequest(
                HttpMethod.PUT,
                writing.upload().bucket(),
                writing.key(),
                expiresIn,
                headers,
                query,
                Optional.empty(),
                false,
                SignatureVersion.V4);
    }
}

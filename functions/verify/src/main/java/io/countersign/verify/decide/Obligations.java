package io.countersign.verify.decide;

import io.countersign.oss.Acl;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.Operation;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.OuterSpace;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Derives the ACL changes that a request makes.
 *
 * <ul>
 *   <li>A write that replaces an object without {@code x-oss-object-acl} gives it the default ACL, as in OSS, whatever ACL the old object had. The obligation exists
 *       whether or not the registry knows an ACL: the registry may lag, and a public-read ACL that it learns of later would expose the new content.
 *   <li>An append after the first position keeps the object and its ACL.
 *   <li>An upload in parts creates the object at CompleteMultipartUpload. A storage that applied the ACL named at InitiateMultipartUpload confirms that ACL instead of the drop.
 *       InitiateMultipartUpload has an obligation only when it names an ACL: dropping the old object's ACL then would expose content that the upload has not replaced yet.
 *   <li>An object that a process saves is replaced, too. Where the process is unknown, or has variables in its key, only the storage knows the object's name.
 *   <li>The registry knows one ACL of an object, that of its current version. A request that gives one version an ACL, or deletes a version, may change which ACL that is.
 * </ul>
 */
final class Obligations {
    private static final String OBJECT_ACL = "x-oss-object-acl";
    private static final String BUCKET_ACL = "x-oss-acl";
    private static final String WRITE = "oss:PutObject";

    private static final Set<Operation> REPLACES = EnumSet.of(
            Operation.PUT_OBJECT,
            Operation.COPY_OBJECT,
            Operation.PUT_SYMLINK,
            Operation.COMPLETE_MULTIPART_UPLOAD,
            Operation.POST_VOD_PLAYLIST);
    private static final Set<Operation> SETS_ACL =
            EnumSet.of(Operation.PUT_OBJECT_ACL, Operation.INITIATE_MULTIPART_UPLOAD);

    private Obligations() {}

    /**
     * @param rights the rights that the request requires, its own first
     * @throws OssRefusal InvalidArgument when the named ACL does not exist, or when a required ACL is missing
     */
    static List<VerifyAnswer.Obligation> of(
            Operation operation, OssRequest request, List<Body.DeletedObject> deleteKeys, List<Right> rights)
            throws OssRefusal {
        List<VerifyAnswer.Obligation> own = own(operation, request, deleteKeys);
        if (rights.size() < 2) {
            return own;
        }
        Set<VerifyAnswer.Obligation> obligations = new LinkedHashSet<>(own);
        for (Right other : rights.subList(1, rights.size())) {
            if (other.action().equals(WRITE)) {
                ofSaved(other.scope()).ifPresent(obligations::add);
            }
        }
        return List.copyOf(obligations);
    }

    private static Optional<VerifyAnswer.Obligation> ofSaved(Scope scope) {
        return switch (scope) {
            case Target.ObjectKey object ->
                Optional.of(new VerifyAnswer.Obligation.DropObjectAcl(object.bucket(), object.key()));
            case Scope.ObjectPrefix prefix ->
                Optional.of(new VerifyAnswer.Obligation.DropSavedObjectAcls(prefix.bucket()));
            case Scope.AccountObjects objects ->
                Optional.of(new VerifyAnswer.Obligation.DropSavedObjectAcls(objects.bucket()));
            case Target.Bucket bucket -> Optional.empty();
            case Target.Service service -> Optional.empty();
        };
    }

    private static List<VerifyAnswer.Obligation> own(
            Operation operation, OssRequest request, List<Body.DeletedObject> deleteKeys) throws OssRefusal {
        return switch (request.target()) {
            case Target.Service service -> List.of();
            case Target.Bucket bucket -> ofBucket(operation, request.headers(), bucket.bucket(), deleteKeys);
            case Target.ObjectKey object -> ofObject(operation, request, object);
        };
    }

    private static List<VerifyAnswer.Obligation> ofBucket(
            Operation operation, Headers headers, String bucket, List<Body.DeletedObject> deleteKeys)
            throws OssRefusal {
        if (operation == Operation.PUT_BUCKET_ACL || operation == Operation.PUT_BUCKET) {
            Optional<Acl> acl = acl(headers, BUCKET_ACL);
            if (acl.equals(Optional.of(Acl.DEFAULT))) {
                throw invalid(BUCKET_ACL, "private, public-read or public-read-write");
            }
            if (acl.isEmpty() && operation == Operation.PUT_BUCKET_ACL) {
                throw missing(BUCKET_ACL);
            }
            return acl.<List<VerifyAnswer.Obligation>>map(
                            named -> List.of(new VerifyAnswer.Obligation.SetBucketAcl(bucket, named)))
                    .orElse(List.of());
        }
        if (operation != Operation.DELETE_MULTIPLE_OBJECTS) {
            return List.of();
        }
        return deleteKeys.isEmpty()
                ? List.of(new VerifyAnswer.Obligation.DropDeletedObjectAcls(bucket))
                : deleteKeys.stream()
                        .<VerifyAnswer.Obligation>map(
                                deleted -> new VerifyAnswer.Obligation.DropObjectAcl(bucket, deleted.key()))
                        .distinct()
                        .toList();
    }

    private static List<VerifyAnswer.Obligation> ofObject(
            Operation operation, OssRequest request, Target.ObjectKey object) throws OssRefusal {
        Optional<Acl> acl = acl(request.headers(), OBJECT_ACL);
        if (acl.isEmpty() && operation == Operation.PUT_OBJECT_ACL) {
            throw missing(OBJECT_ACL);
        }
        Optional<String> version = request.query().first("versionId");
        if (version.isPresent()) {
            return operation == Operation.PUT_OBJECT_ACL || operation == Operation.DELETE_OBJECT
                    ? List.of(new VerifyAnswer.Obligation.TellObjectAcl(object.bucket(), object.key(), version.get()))
                    : List.of();
        }
        if (acl.isPresent() && (replaces(operation, request) || SETS_ACL.contains(operation))) {
            return List.of(new VerifyAnswer.Obligation.SetObjectAcl(object.bucket(), object.key(), acl.get()));
        }
        return replaces(operation, request) || operation == Operation.DELETE_OBJECT
                ? List.of(new VerifyAnswer.Obligation.DropObjectAcl(object.bucket(), object.key()))
                : List.of();
    }

    private static boolean replaces(Operation operation, OssRequest request) {
        return REPLACES.contains(operation)
                || (operation == Operation.APPEND_OBJECT
                        && request.query().first("position").equals(Optional.of("0")));
    }

    private static Optional<Acl> acl(Headers headers, String name) throws OssRefusal {
        Optional<String> text = headers.first(name).map(OuterSpace::trim);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Acl> acl = Acl.of(text.get());
        if (acl.isEmpty()) {
            throw invalid(name, "default, private, public-read or public-read-write");
        }
        return acl;
    }

    private static OssRefusal invalid(String header, String values) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, header + " must be " + values + ".");
    }

    private static OssRefusal missing(String header) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, "The ACL to set is missing; send it in " + header + ".");
    }
}

package io.countersign.verify.decide;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OuterSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks a form against its policy.
 *
 * @param bucket the bucket that receives the form
 * @param fileLength the length of the file in bytes, if the program knows it
 */
record PostPolicyCheck(SubmittedForm.FormFields fields, String bucket, OptionalLong fileLength) {
    /** The fields that ask for more than an upload and that docs/protocol.md 4 does not list for policies. The holder of a form may use them only where the policy names them. */
    private static final List<String> MORE =
            List.of("x-oss-tagging", "callback", "callback-var", "x-oss-callback", "x-oss-callback-var");

    private static final String KEY = "key";

    /**
     * @throws OssRefusal AccessDenied, naming the first condition that is not met; EntityTooSmall, EntityTooLarge; InvalidArgument when the policy limits
     *     a length that the request does not contain
     */
    void check(PostPolicy policy) throws OssRefusal {
        for (PostPolicy.PostCondition condition : policy.conditions()) {
            switch (condition) {
                case PostPolicy.PostCondition.Equal equal -> require(equal.field(), equal.value()::equals, equal);
                case PostPolicy.PostCondition.StartsWith start -> {
                    // An empty prefix permits every value, and a missing field.
                    if (!start.prefix().isEmpty()) {
                        require(start.field(), value -> value.startsWith(start.prefix()), start);
                    }
                }
                case PostPolicy.PostCondition.In in -> require(in.field(), in.values()::contains, in);
                case PostPolicy.PostCondition.NotIn notIn -> refuse(notIn);
                case PostPolicy.PostCondition.LengthRange range -> checkLength(range);
            }
        }
        for (String field : MORE) {
            boolean named = policy.conditions().stream().anyMatch(condition -> condition.isAbout(field));
            if (!named && fields.value(field).isPresent()) {
                throw new OssRefusal(
                        OssError.POLICY_CONDITION_FAILED,
                        "Invalid according to Policy: the policy does not name the field " + field
                                + ", which the form has.");
            }
        }
        requireNamedDots(policy);
    }

    /** A key that begins with the prefix of a policy may lead out of it in a storage that resolves such segments: the policy must name the whole key. */
    private void requireNamedDots(PostPolicy policy) throws OssRefusal {
        String key = fields.value(KEY).orElse("");
        boolean dots = Arrays.stream(key.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
        if (dots && policy.conditions().stream().noneMatch(PostPolicyCheck::namesKey)) {
            throw new OssRefusal(
                    OssError.POLICY_CONDITION_FAILED,
                    "Invalid according to Policy: the key has a \".\" or \"..\" segment, and the policy does not name the whole key.");
        }
    }

    private static boolean namesKey(PostPolicy.PostCondition condition) {
        return switch (condition) {
            case PostPolicy.PostCondition.Equal equal -> equal.field().equals(KEY);
            case PostPolicy.PostCondition.In in -> in.field().equals(KEY);
            case PostPolicy.PostCondition.StartsWith start -> false;
            case PostPolicy.PostCondition.NotIn notIn -> false;
            case PostPolicy.PostCondition.LengthRange range -> false;
        };
    }

    /** The values that a condition on the field applies to. A form has two fields for its type, and either may be stored (PostObject, x-oss-content-type). */
    private List<String> values(String field) {
        List<Optional<String>> sent =
                switch (field) {
                    case "bucket" -> List.of(Optional.of(bucket));
                    case "content-type" -> List.of(fields.value(field), fields.value("x-oss-content-type"));
                    default -> List.of(fields.value(field));
                };
        return sent.stream().flatMap(Optional::stream).toList();
    }

    private void require(String field, Predicate<String> holds, PostPolicy.PostCondition condition) throws OssRefusal {
        List<String> values = values(field);
        if (values.isEmpty()) {
            throw failed(OssError.POLICY_FIELD_MISSING, condition);
        }
        if (!values.stream().allMatch(holds)) {
            throw failed(OssError.POLICY_CONDITION_FAILED, condition);
        }
    }

    private void refuse(PostPolicy.PostCondition.NotIn notIn) throws OssRefusal {
        if (values(notIn.field()).stream().anyMatch(notIn.values()::contains)) {
            throw failed(OssError.POLICY_CONDITION_FAILED, notIn);
        }
    }

    private static OssRefusal failed(OssError error, PostPolicy.PostCondition condition) {
        return new OssRefusal(error, "Invalid according to Policy: Policy Condition failed: " + condition.described());
    }

    private void checkLength(PostPolicy.PostCondition.LengthRange range) throws OssRefusal {
        if (fileLength.isEmpty()) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The policy limits the file's length, which is unknown; give it in form.fileLength.");
        }
        if (fileLength.getAsLong() < range.min()) {
            throw new OssRefusal(OssError.ENTITY_TOO_SMALL);
        }
        if (fileLength.getAsLong() > range.max()) {
            throw new OssRefusal(OssError.ENTITY_TOO_LARGE);
        }
    }

    /** Checks the Content-Type of a POST upload: it has one boundary, without which OSS finds no form, and no comma, at which OSS stops reading (docs/protocol.md 4). */
    static final class FormContentType {
        private static final Pattern SHAPE = Pattern.compile(
                "multipart/form-data[ \\t]*(;[^;,]*)*;[ \\t]*boundary=(\"[^\",;]{1,70}\"|[^\",; \\t]{1,70})[ \\t]*(;[^;,]*)*",
                Pattern.CASE_INSENSITIVE);
        private static final int MAX_LENGTH = 256;

        private FormContentType() {}

        /** @throws OssRefusal MalformedPOSTRequest */
        static void check(Headers headers) throws OssRefusal {
            List<String> types = headers.all("content-type");
            boolean fits = types.size() == 1
                    && types.getFirst().length() <= MAX_LENGTH
                    && SHAPE.matcher(OuterSpace.trim(types.getFirst())).matches();
            if (!fits) {
                throw new OssRefusal(
                        OssError.MALFORMED_POST_REQUEST,
                        "The Content-Type of a POST upload is multipart/form-data; boundary=... with one boundary of 1 to 70 characters and no comma.");
            }
        }
    }
}

package io.countersign.verify;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a form is what its policy permits.
 *
 * @param bucket the bucket that the form is posted to
 * @param fileLength bytes of the file, when the program knows it
 */
record PostPolicyCheck(FormFields fields, String bucket, OptionalLong fileLength) {
    /**
     * @throws OssRefusal AccessDenied, naming the first condition that does not hold; EntityTooSmall, EntityTooLarge; InvalidArgument when the policy limits
     *     a length that was not told
     */
    void check(PostPolicy policy) throws OssRefusal {
        for (PostCondition condition : policy.conditions()) {
            switch (condition) {
                case PostCondition.Equal equal ->
                    require(value(equal.field()).equals(Optional.of(equal.value())), equal);
                case PostCondition.StartsWith start ->
                    require(value(start.field()).orElse("").startsWith(start.prefix()), start);
                case PostCondition.In in ->
                    require(value(in.field()).map(in.values()::contains).orElse(false), in);
                case PostCondition.NotIn notIn ->
                    require(!value(notIn.field()).map(notIn.values()::contains).orElse(false), notIn);
                case PostCondition.LengthRange range -> checkLength(range);
            }
        }
    }

    private Optional<String> value(String field) {
        return field.equals("bucket") ? Optional.of(bucket) : fields.value(field);
    }

    private static void require(boolean holds, PostCondition condition) throws OssRefusal {
        if (!holds) {
            throw new OssRefusal(
                    OssError.ACCESS_DENIED,
                    "Invalid according to Policy: Policy Condition failed: [" + condition.described() + "]");
        }
    }

    private void checkLength(PostCondition.LengthRange range) throws OssRefusal {
        if (fileLength.isEmpty()) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The policy limits the file's length, which was not told; give it in form.fileLength.");
        }
        if (fileLength.getAsLong() < range.min()) {
            throw new OssRefusal(OssError.ENTITY_TOO_SMALL);
        }
        if (fileLength.getAsLong() > range.max()) {
            throw new OssRefusal(OssError.ENTITY_TOO_LARGE);
        }
    }
}

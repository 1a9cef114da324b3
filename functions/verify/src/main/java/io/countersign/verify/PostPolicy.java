package io.countersign.verify;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The policy of a POST upload (protocol.md 4; help.aliyun.com, PostObject, "Appendix: Policy" and the pages of EC 0006-00000201 to -00000227): what its signer permits the form to say,
 * and until when.
 *
 * @param conditions never empty; each has to hold
 */
record PostPolicy(Instant expiration, List<PostCondition> conditions) {
    private static final String EXPIRATION = "expiration";
    private static final String CONDITIONS = "conditions";

    PostPolicy {
        conditions = List.copyOf(conditions);
    }

    /** @throws OssRefusal InvalidPolicyDocument when the text is not Base64 of one strict policy document */
    static PostPolicy parse(String base64) throws OssRefusal {
        Members members = members(base64);
        if (!members.has(EXPIRATION) || !members.has(CONDITIONS)) {
            throw new OssRefusal(lacking(members));
        }
        PostPolicy policy = new PostPolicy(expiration(members), conditions(members));
        try {
            members.done();
        } catch (InvalidDocumentException e) {
            throw refused(OssError.INVALID_POLICY_DOCUMENT, e);
        }
        return policy;
    }

    private static Members members(String base64) throws OssRefusal {
        if (base64.isEmpty()) {
            throw new OssRefusal(OssError.POLICY_EMPTY);
        }
        byte[] json;
        try {
            json = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new OssRefusal(OssError.POLICY_NOT_BASE64);
        }
        try {
            return Members.of(Values.parse(json));
        } catch (InvalidDocumentException e) {
            throw new OssRefusal(
                    OssError.POLICY_NOT_JSON,
                    "Invalid Policy: Invalid JSON: " + e.problem() + " (at " + e.location() + ").");
        }
    }

    private static OssError lacking(Members members) {
        if (members.has(EXPIRATION)) {
            return OssError.POLICY_WITHOUT_CONDITIONS;
        }
        return members.has(CONDITIONS) ? OssError.POLICY_WITHOUT_EXPIRATION : OssError.POLICY_WITHOUT_BOTH;
    }

    private static Instant expiration(Members members) throws OssRefusal {
        String text;
        try {
            text = members.string(EXPIRATION);
        } catch (InvalidDocumentException e) {
            throw refused(OssError.POLICY_EXPIRATION_NO_TEXT, e);
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new OssRefusal(
                    text.isEmpty() ? OssError.POLICY_EXPIRATION_EMPTY : OssError.POLICY_EXPIRATION_NO_MOMENT);
        }
    }

    private static List<PostCondition> conditions(Members members) throws OssRefusal {
        List<PostCondition> conditions = new ArrayList<>();
        try {
            for (Value condition : Members.array(members.required(CONDITIONS))) {
                conditions.add(PostConditionReader.read(condition));
            }
        } catch (InvalidDocumentException e) {
            throw refused(OssError.INVALID_POLICY_DOCUMENT, e);
        }
        if (conditions.isEmpty()) {
            throw new OssRefusal(OssError.POLICY_CONDITIONS_EMPTY);
        }
        return conditions;
    }

    /** The refusal, saying where in the policy and why. */
    static OssRefusal refused(OssError error, InvalidDocumentException e) {
        return new OssRefusal(error, "Invalid Policy: " + e.problem() + " (at " + e.location() + ").");
    }
}

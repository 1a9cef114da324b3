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
 * The policy of a POST upload (protocol.md 4): what its signer permits the form to say, and until when.
 *
 * @param conditions never empty; each has to hold
 */
record PostPolicy(Instant expiration, List<PostCondition> conditions) {
    PostPolicy {
        conditions = List.copyOf(conditions);
    }

    /** @throws OssRefusal InvalidPolicyDocument when the text is not Base64 of one strict policy document */
    static PostPolicy parse(String base64) throws OssRefusal {
        try {
            Members members = Members.of(Values.parse(Base64.getDecoder().decode(base64)));
            Instant expiration = Instant.parse(members.string("expiration"));
            List<PostCondition> conditions = new ArrayList<>();
            for (Value condition : Members.array(members.required("conditions"))) {
                conditions.add(PostConditionReader.read(condition));
            }
            members.done();
            if (conditions.isEmpty()) {
                throw refused("conditions is empty");
            }
            return new PostPolicy(expiration, conditions);
        } catch (InvalidDocumentException e) {
            throw refused(e.problem() + " (at " + e.location() + ")");
        } catch (DateTimeException e) {
            throw refused("expiration is not a moment in UTC, as 2026-11-22T03:00:00.000Z");
        } catch (IllegalArgumentException e) {
            throw refused("the policy field is not Base64");
        }
    }

    private static OssRefusal refused(String why) {
        return new OssRefusal(OssError.INVALID_POLICY_DOCUMENT, "Invalid Policy: " + why + ".");
    }
}

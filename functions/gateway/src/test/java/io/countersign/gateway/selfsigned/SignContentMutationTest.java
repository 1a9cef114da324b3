package io.countersign.gateway.selfsigned;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Quoted;
import io.countersign.http.hostile.Sound;
import io.countersign.signcontent.SignContentCalls;
import io.countersign.signcontent.SignContentFunction;
import io.countersign.signcontent.SignContentSettings;
import io.countersign.signcontent.Victims;
import io.countersign.signing.base.Hmac;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Good strings are changed, thousands of them, line by line and as a whole: 5,000 in the default build, 100,000 in the thorough one. Whatever is signed all the same verifies as a request
 * that another parser reads from it, for the operation and the object that were authorised.
 */
class SignContentMutationTest {
    private static final int PER_TRY = 5;
    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 409, 413);
    private static final SignedRequestCheck JUDGE = new SignedRequestCheck();
    private static final SignContentFunction FUNCTION = SignContentCalls.function(
            SignContentCalls.registry(SignedRequestCheck.POLICY), SignContentSettings.DEFAULT);

    /** The canonical requests by their hashes, for clients that do not send theirs. */
    private static final Map<String, String> HASHED = Victims.REMOTE.stream()
            .filter(remote -> remote.members().containsKey("canonicalRequest"))
            .map(remote -> remote.members().get("canonicalRequest"))
            .collect(Collectors.toMap(Hmac.Digests::sha256Hex, text -> text));

    @Test
    void signsEveryUnchangedRequest() {
        assertThat(Victims.V1).allSatisfy(content -> assertThat(judged(content)).isTrue());
        assertThat(Victims.REMOTE)
                .allSatisfy(remote -> assertThat(judged(remote.members())).isTrue());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void signsNoUnparsedContent(@ForAll("mutations") List<Attack> attacks) {
        for (Attack attack : attacks) {
            String victim = attack.on(Victims.V1);
            judged(attack.text(String.join("\n", attack.parts(List.of(victim.split("\n", -1))))));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void signsNoUnparsedContentForARemoteSigner(@ForAll("mutations") List<Attack> attacks) {
        for (Attack attack : attacks) {
            Map<String, String> members = attack.on(Victims.REMOTE).members();
            Map<String, String> changed = new LinkedHashMap<>();
            List<String> values = attack.parts(new ArrayList<>(members.values()));
            int i = 0;
            for (String name : members.keySet()) {
                changed.put(name, values.get(i++));
            }
            if (changed.containsKey("canonicalRequest")) {
                // The hash follows the text: a client that lies lies well.
                String canonicalRequest = attack.text(changed.get("canonicalRequest"));
                changed.put("canonicalRequest", canonicalRequest);
                String stringToSign = changed.get("stringToSign");
                int hash = stringToSign.lastIndexOf('\n') + 1;
                changed.put("stringToSign", stringToSign.substring(0, hash) + Hmac.Digests.sha256Hex(canonicalRequest));
            } else {
                changed.put("stringToSign", attack.text(changed.get("stringToSign")));
            }
            judged(changed);
        }
    }

    @Provide
    Arbitrary<List<Attack>> mutations() {
        return Edits.attacks(PER_TRY);
    }

    /** Whether it was signed; if so, the signature has been held against what may be. */
    private static boolean judged(String content) {
        Reply reply = FUNCTION.handle(
                SignContentCalls.call(
                        "application/json",
                        Bytes.utf8("{\"content\":" + Quoted.json(content) + "}"),
                        SignContentCalls.TOKEN),
                NOW);
        Sound.json(reply, STATUSES);
        if (reply.status() != 200) {
            return false;
        }
        String authorization = SignContentCalls.member(reply, "authorization");
        assertThat(authorization).startsWith("OSS " + SignContentCalls.KEY_ID + ":");
        JUDGE.grantedV1(content, authorization.substring(authorization.indexOf(':') + 1));
        return true;
    }

    private static boolean judged(Map<String, String> members) {
        String body = members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + Quoted.json(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        Reply reply = FUNCTION.handle(
                SignContentCalls.call("application/json", Bytes.utf8(body), SignContentCalls.TOKEN), NOW);
        Sound.json(reply, STATUSES);
        if (reply.status() != 200) {
            return false;
        }
        String stringToSign = members.get("stringToSign");
        String signature = SignContentCalls.member(reply, "signature");
        if (members.get("version").equals("v1")) {
            JUDGE.grantedV1(stringToSign, signature);
        } else {
            String canonicalRequest = members.getOrDefault(
                    "canonicalRequest", HASHED.getOrDefault(stringToSign.split("\n")[3], "an unknown one"));
            JUDGE.grantedV4(canonicalRequest, stringToSign, signature);
        }
        return true;
    }
}

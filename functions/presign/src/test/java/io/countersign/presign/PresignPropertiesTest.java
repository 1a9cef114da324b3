package io.countersign.presign;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class PresignPropertiesTest {
    private static final PresignFunction FUNCTION =
            PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT);

    @Property
    void whateverIsPresignedVerifiesAsWhatWasAskedFor(
            @ForAll @StringLength(min = 1, max = 100) String key,
            @ForAll @StringLength(max = 50) String disposition,
            @ForAll boolean v1)
            throws Exception {
        String body = JsonText.object(json -> json.put("bucket", "examplebucket")
                .put("key", key)
                .put("version", v1 ? "V1" : "V4")
                .object("query", query -> query.put("response-content-disposition", disposition)));
        Reply reply = FUNCTION.handle(PresignCalls.call(body), NOW);
        if (reply.status() != 200) {
            assertThat(PresignCalls.text(PresignCalls.json(reply), "code")).isIn("InvalidArgument", "KeyNotSignable");
            return;
        }
        OssRequest request = Verified.at(PresignCalls.json(reply), NOW);
        assertThat(request.target()).isEqualTo(Target.object("examplebucket", key));
        assertThat(request.query().first("response-content-disposition")).contains(disposition);
    }
}

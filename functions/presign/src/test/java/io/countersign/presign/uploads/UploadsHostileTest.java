package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.TOKEN;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Edits;
import io.countersign.http.hostile.Sound;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is sent to {@code /uploads} is answered. What it signs, and what the storage is asked for, is an object of the caller's own, of a type that the manifest names. */
class UploadsHostileTest {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 403, 404, 405, 409, 413, 414, 415, 501);
    private static final String COMPANION = "{\"filename\":\"a.png\",\"type\":\"image/png\",\"metadata\":{}}";
    private static final String KEY = "users/alice/(avatar|form|video)-[0-9a-f-]{36}\\.(png|jpe?g)";
    private static final Pattern URL = Pattern.compile("\"(http://127[^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("\"[Cc]ontent-[Tt]ype\":\"([^\"]*)\"");

    /** One for all tries: a new storage might get the port of a former one, to which the client still has a connection. */
    private static final UploadWorld WORLD = new UploadWorld();

    private static final String ID = text(WORLD.post("video/s3/multipart", COMPANION), "uploadId");

    /** @param query empty where there is none */
    private record Sent(String method, String path, String query, String body) {
        List<String> parts() {
            return List.of(path, query, body);
        }
    }

    private static List<Sent> victims() {
        return List.of(
                new Sent("POST", "avatar", "", file("a.png", "image/png", 5)),
                new Sent("POST", "form", "", file("\u4e2d.JPG", "image/jpeg", 1)),
                new Sent("POST", "video", "", file("a.png", "image/png", 9_000_000)),
                new Sent("GET", "form/s3/params", "filename=a.png&type=image%2Fpng", ""),
                new Sent("POST", "video/s3/multipart", "", COMPANION),
                new Sent("GET", "video/s3/multipart/" + ID, "", ""),
                new Sent("GET", "video/s3/multipart/" + ID + "/1", "", ""),
                new Sent("GET", "video/s3/multipart/" + ID + "/batch", "partNumbers=1%2C2", ""));
    }

    @Test
    void servesEveryUnchangedCall() {
        for (Sent victim : victims()) {
            assertThat(judged(victim.method(), victim.parts()))
                    .as(victim.path())
                    .isTrue();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void spoiledCallsAreAnsweredAndNothingElseIsSigned(@ForAll("attacks") List<Attack> attacks) {
        for (Attack attack : attacks) {
            Sent victim = attack.on(victims());
            List<String> parts = attack.parts(victim.parts());
            judged(victim.method(), List.of(parts.get(0), parts.get(1), attack.text(parts.get(2))));
        }
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }

    /** Whether the call was served, after every check of the answer. */
    private static boolean judged(String method, List<String> parts) {
        Optional<String> query = Optional.of(parts.get(1)).filter(text -> !text.isEmpty());
        Reply reply = WORLD.call(method, parts.get(0), query, parts.get(2), TOKEN, NOW);
        Sound.reply(reply, STATUSES);
        if (reply.status() != 200) {
            // Companion's list of parts is an array, so that only a refusal is an object always.
            Sound.json(reply, STATUSES);
        }
        String body = reply.body().utf8();
        assertThat(body).doesNotContain(UploadWorld.SECRET).doesNotContain(TOKEN);
        assertThat(WORLD.storage.requests()).allSatisfy(request -> {
            assertThat(request.target()).isInstanceOf(Target.ObjectKey.class);
            assertThat(((Target.ObjectKey) request.target()).key()).matches(KEY);
        });
        WORLD.storage.forget();
        if (reply.status() != 200) {
            return false;
        }
        URL.matcher(body)
                .results()
                .map(found -> found.group(1))
                .filter(url -> url.contains("x-oss-signature="))
                .forEach(url ->
                        assertThat(url).matches(Pattern.quote(WORLD.storage.endpoint()) + ".*/" + KEY + "\\?.*"));
        TYPE.matcher(body).results().forEach(found -> assertThat(found.group(1)).isIn("image/png", "image/jpeg"));
        return true;
    }
}

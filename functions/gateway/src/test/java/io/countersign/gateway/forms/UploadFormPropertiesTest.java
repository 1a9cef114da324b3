package io.countersign.gateway.forms;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.forms.Forms.Form;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A form that {@code /post-policy} makes may pass {@code /verify} exactly within its conditions. */
class UploadFormPropertiesTest {
    private static final String FOLDER = "users/alice/";
    private static final String ALLOWED = "allowed";
    private static final String CONDITION_FAILED = "AccessDenied 0006-00000227";
    private static final String FIELD_MISSING = "AccessDenied 0006-00000226";
    private static final long LARGEST = 5L << 30;
    private static final long SEVEN_DAYS = 604_800;

    private static final Forms FORMS = new Forms();

    record Wish(
            boolean below,
            String name,
            long min,
            long max,
            List<String> types,
            Optional<String> status,
            String version,
            long expiresIn) {
        String body() {
            return JsonText.object(json -> {
                json.put("bucket", "examplebucket").put("version", version).put("expiresIn", expiresIn);
                json.put(below ? "keyPrefix" : "key", FOLDER + name + (below ? "/" : ""));
                json.array("contentLengthRange", range -> {
                    range.add(min);
                    range.add(max);
                });
                if (!types.isEmpty()) {
                    json.put("contentTypes", types);
                }
                json.put("successActionStatus", status);
            });
        }
    }

    @Provide
    Arbitrary<Wish> wishes() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("ab/ $\\{}\"'*?%+\u4e2d\u00e9~")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(name -> !name.contains("${filename}"));
        Arbitrary<long[]> ranges = Combinators.combine(
                        Arbitraries.longs().between(0, LARGEST),
                        Arbitraries.longs().between(0, LARGEST))
                .as((a, b) -> new long[] {Math.min(a, b), Math.max(a, b)});
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        names,
                        ranges,
                        Arbitraries.of("image/png", "image/jpeg", "a/$b")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(3),
                        Arbitraries.of("200", "201", "204").optional(),
                        Arbitraries.of("V4", "V1"),
                        Arbitraries.longs().between(1, SEVEN_DAYS))
                .as((below, name, range, types, status, version, expiresIn) ->
                        new Wish(below, name, range[0], range[1], types, status, version, expiresIn));
    }

    /** The form as a browser with a file of that name fills it in. */
    private static Form filled(Wish wish) throws InvalidDocumentException {
        Form form = FORMS.made(wish.body());
        return form.with("key", form.field("key").replace("${filename}", "a file.png"));
    }

    private static String verdict(Form form, long length) throws InvalidDocumentException {
        return FORMS.verdict(form, length, form.expiration());
    }

    @Property
    void passesWithinItsConditions(@ForAll("wishes") Wish wish) throws InvalidDocumentException {
        Form form = filled(wish);
        assertThat(verdict(form, wish.min())).isEqualTo(ALLOWED);
        assertThat(verdict(form, wish.max())).isEqualTo(ALLOWED);
        for (String type : wish.types()) {
            assertThat(verdict(form.with("content-type", type).with("x-oss-content-type", type), wish.max()))
                    .isEqualTo(ALLOWED);
        }
        if (wish.below()) {
            assertThat(verdict(form.with("key", FOLDER + wish.name() + "/x/y"), wish.max()))
                    .isEqualTo(ALLOWED);
        }
    }

    @Property
    void passesNoOtherKey(@ForAll("wishes") Wish wish) throws InvalidDocumentException {
        Form form = filled(wish);
        String asked = FOLDER + wish.name();
        for (String other : wish.below()
                ? List.of("users/bob/x", asked + "2/x", asked, FOLDER + "x/" + wish.name())
                : List.of("users/bob/x", asked + "2", asked + "/x", FOLDER)) {
            boolean inside = wish.below() && other.startsWith(asked + "/");
            assertThat(verdict(form.with("key", other), wish.max()))
                    .as(other)
                    .isEqualTo(inside ? ALLOWED : CONDITION_FAILED);
        }
        Form elsewhere =
                new Form(form.url().replace("examplebucket", "secondbucket"), form.fields(), form.expiration());
        assertThat(verdict(elsewhere, wish.max())).isEqualTo(CONDITION_FAILED);
    }

    @Property
    void passesNoOtherLengthTypeOrStatus(@ForAll("wishes") Wish wish) throws InvalidDocumentException {
        Form form = filled(wish);
        if (wish.min() > 0) {
            assertThat(verdict(form, wish.min() - 1)).isEqualTo("EntityTooSmall 0006-00000004");
        }
        assertThat(verdict(form, wish.max() + 1)).isEqualTo("EntityTooLarge 0006-00000003");
        if (!wish.types().isEmpty()) {
            assertThat(verdict(form.with("content-type", "text/html"), wish.max()))
                    .isEqualTo(CONDITION_FAILED);
            assertThat(verdict(form.with("x-oss-content-type", "text/html"), wish.max()))
                    .isEqualTo(CONDITION_FAILED);
            assertThat(verdict(form.without("x-oss-content-type"), wish.max())).isEqualTo(FIELD_MISSING);
        }
        if (wish.status().isPresent()) {
            assertThat(verdict(form.with("success_action_status", "302"), wish.max()))
                    .isEqualTo(CONDITION_FAILED);
            assertThat(verdict(form.without("success_action_status"), wish.max()))
                    .isEqualTo(FIELD_MISSING);
        }
    }

    @Property
    void passesUntilItExpires(@ForAll("wishes") Wish wish) throws InvalidDocumentException {
        Form form = filled(wish);
        Instant late = form.expiration().plusSeconds(1);
        // A V4 signature is good for seven days, so that one of a form which lives as long expires with it, and is
        // looked at first.
        String expected = wish.version().equals("V4") && wish.expiresIn() == SEVEN_DAYS
                ? "AccessDenied 0002-00000069"
                : "AccessDenied (0006-00000213)?";
        assertThat(FORMS.verdict(form, wish.max(), late)).matches(expected);
    }

    @Property
    void delegatesNoOtherRightOfTheSigner(@ForAll("wishes") Wish wish) throws InvalidDocumentException {
        Form form = filled(wish);
        for (String acl : List.of("public-read", "public-read-write", "private")) {
            assertThat(verdict(form.with("x-oss-object-acl", acl), wish.max())).isEqualTo(CONDITION_FAILED);
        }
        assertThat(verdict(form.without("x-oss-object-acl"), wish.max())).isEqualTo(FIELD_MISSING);
        assertThat(verdict(form.with("x-oss-tagging", "a=b"), wish.max())).isEqualTo(CONDITION_FAILED);
    }

    @Property
    void refusesATamperedField(@ForAll("wishes") Wish wish, @ForAll int where, @ForAll boolean drop)
            throws InvalidDocumentException {
        Form form = filled(wish);
        for (Map.Entry<String, String> field : form.fields().entrySet()) {
            // The type that is stored is the other field's, which is held.
            boolean free = drop && field.getKey().equals("content-type");
            if (free || (wish.below() && field.getKey().equals("key"))) {
                continue;
            }
            Form tampered =
                    drop ? form.without(field.getKey()) : form.with(field.getKey(), spoiled(field.getValue(), where));
            assertThat(verdict(tampered, wish.max()))
                    .as(field.getKey() + "=" + tampered.fields().get(field.getKey()))
                    .isNotEqualTo(ALLOWED);
        }
    }

    /** One character another. */
    private static String spoiled(String value, int where) {
        int at = Math.floorMod(where, value.length());
        char other = value.charAt(at) == '1' ? '2' : '1';
        return value.substring(0, at) + other + value.substring(at + 1);
    }
}

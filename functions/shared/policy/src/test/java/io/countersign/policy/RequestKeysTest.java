package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Address;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestKeysTest {
    private static final Target BUCKET = Target.bucket("examplebucket");
    private static final Target OBJECT = Target.object("examplebucket", "k");
    private static final KeyState ABSENT = KeyState.absent();

    private static KeyState told(String value) {
        return new KeyState.Told(value);
    }

    private static Conditions of(Operation operation, Target target, String query, String... headers)
            throws OssRefusal {
        return of(Optional.of(operation), target, query, headers);
    }

    private static Conditions of(Optional<Operation> operation, Target target, String query, String... headers)
            throws OssRefusal {
        Headers all = Headers.NONE;
        for (String line : headers) {
            int colon = line.indexOf(':');
            all = all.and(line.substring(0, colon), line.substring(colon + 1));
        }
        OssRequest request = new OssRequest(
                HttpMethod.PUT,
                new Address(target, Address.Style.VIRTUAL_HOST, "", Optional.empty()),
                QueryParameters.parse(query, EncodedText.URL),
                all);
        return RequestKeys.tell(request, operation, Conditions.builder()).build();
    }

    @Test
    void aRequestThatCarriesNothingHasNoneOfThem() throws OssRefusal {
        Conditions conditions = of(Operation.PUT_OBJECT, OBJECT, "");
        for (ConditionKey key : ConditionKey.values()) {
            KeyState expected = key.group() == ConditionKey.Group.OSS ? ABSENT : KeyState.unknown();
            assertThat(conditions.state(key)).as(key.text()).isEqualTo(expected);
        }
        assertThat(conditions.requestObjectTags()).isEqualTo(PlaceTags.Tags.NONE);
    }

    @Test
    void aListTellsItsPrefixAndDelimiterUnchanged() throws OssRefusal {
        Conditions conditions = of(Operation.LIST_OBJECTS, BUCKET, "prefix=%20a&delimiter=");
        assertThat(conditions.state(ConditionKey.PREFIX)).isEqualTo(told(" a"));
        assertThat(conditions.state(ConditionKey.DELIMITER)).isEqualTo(told(""));
        assertThat(of(Operation.LIST_OBJECTS, BUCKET, "prefix=a&prefix=b").state(ConditionKey.PREFIX))
                .isEqualTo(KeyState.unknown());
    }

    @Test
    void anObjectOrTheServiceHasNoPrefix() throws OssRefusal {
        for (Target target : List.of(OBJECT, Target.service())) {
            assertThat(of(Operation.GET_OBJECT, target, "prefix=a&delimiter=b").state(ConditionKey.PREFIX))
                    .isEqualTo(ABSENT);
        }
    }

    @Test
    void aclsAreThoseOfTheHeaders() throws OssRefusal {
        Conditions conditions =
                of(Operation.PUT_OBJECT, OBJECT, "", "x-oss-object-acl: private ", "x-oss-acl:public-read");
        assertThat(conditions.state(ConditionKey.OBJECT_ACL)).isEqualTo(told("private"));
        assertThat(conditions.state(ConditionKey.BUCKET_ACL)).isEqualTo(told("public-read"));
        assertThat(of(Operation.PUT_OBJECT, OBJECT, "", "x-oss-object-acl:private", "x-oss-object-acl:private")
                        .state(ConditionKey.OBJECT_ACL))
                .isEqualTo(KeyState.unknown());
    }

    /** HTTP treats only spaces and tabs as white space around a value. */
    @Test
    void otherWhiteSpaceBelongsToTheValue() throws OssRefusal {
        Conditions conditions =
                of(Operation.PUT_OBJECT, OBJECT, "", "x-oss-object-acl:\tprivate\u3000 ", "x-oss-tagging: a=1\u2028\t");
        assertThat(conditions.state(ConditionKey.OBJECT_ACL)).isEqualTo(told("private\u3000"));
        assertThat(conditions.requestObjectTags()).isEqualTo(PlaceTags.Tags.of(Map.of("a", "1\u2028")));
    }

    @Test
    void tagsAreThoseOfTheHeader() throws OssRefusal {
        assertThat(of(Operation.PUT_OBJECT, OBJECT, "", "x-oss-tagging:team=a%20b&stage=&flag")
                        .requestObjectTags())
                .isEqualTo(PlaceTags.Tags.of(Map.of("team", "a b", "stage", "", "flag", "")));
        assertThat(of(Operation.GET_OBJECT, OBJECT, "").requestObjectTags()).isEqualTo(PlaceTags.Tags.NONE);
        assertThat(of(Operation.PUT_OBJECT, OBJECT, "", "x-oss-tagging:a=1", "x-oss-tagging:a=1")
                        .requestObjectTags())
                .isEqualTo(PlaceTags.Tags.UNKNOWN);
    }

    @Test
    void tagsThatTheHeaderDoesNotGiveAreUnknown() throws OssRefusal {
        for (String[] headers : new String[][] {{}, {"x-oss-tagging:a=1"}}) {
            assertThat(of(Operation.PUT_OBJECT_TAGGING, OBJECT, "tagging", headers)
                            .requestObjectTags())
                    .isEqualTo(PlaceTags.Tags.UNKNOWN);
            assertThat(of(Operation.COPY_OBJECT, OBJECT, "", headers).requestObjectTags())
                    .isEqualTo(PlaceTags.Tags.UNKNOWN);
            assertThat(of(Optional.empty(), OBJECT, "", headers).requestObjectTags())
                    .isEqualTo(PlaceTags.Tags.UNKNOWN);
        }
        for (String directive : List.of("Copy", "replace", "Replace,Copy", "")) {
            assertThat(of(
                                    Operation.COPY_OBJECT,
                                    OBJECT,
                                    "",
                                    "x-oss-tagging-directive:" + directive,
                                    "x-oss-tagging:a=1")
                            .requestObjectTags())
                    .as(directive)
                    .isEqualTo(PlaceTags.Tags.UNKNOWN);
        }
        assertThat(of(Operation.COPY_OBJECT, OBJECT, "", "x-oss-tagging-directive:Replace", "x-oss-tagging:a=1")
                        .requestObjectTags())
                .isEqualTo(PlaceTags.Tags.of(Map.of("a", "1")));
    }

    @Test
    void tagsThatCannotBeReadAreRefused() {
        for (String tags : List.of("a=%zz", "a=1&a=2", "a=1&b=2&a=1")) {
            for (Operation operation : List.of(Operation.PUT_OBJECT, Operation.PUT_OBJECT_TAGGING)) {
                assertThatThrownBy(() -> of(operation, OBJECT, "", "x-oss-tagging:" + tags))
                        .isInstanceOf(OssRefusal.class);
            }
        }
    }
}

package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MembersTest {
    private static Members members(String json) throws InvalidDocumentException {
        return Members.of(Values.parse(json));
    }

    @Test
    void membersAreReadByType() throws InvalidDocumentException {
        Members members = members("{\"s\":\"x\",\"n\":7,\"b\":true,\"l\":[\"a\",\"b\"]}");
        assertThat(members.string("s")).isEqualTo("x");
        assertThat(members.optionalInteger("n", 1, 10)).hasValue(7);
        assertThat(members.optionalBoolean("b")).contains(true);
        assertThat(Members.strings(members.required("l"))).containsExactly("a", "b");
        assertThat(members.optionalString("absent")).isEmpty();
        members.done();
    }

    @Test
    void refusesAnUnknownMemberByName() throws InvalidDocumentException {
        Members members = members("{\"known\":\"x\",\n\"unknwon\":1}");
        assertThat(members.string("known")).isEqualTo("x");
        assertThatThrownBy(members::done).hasMessageContaining("unknwon").hasMessageContaining("line 2");
    }

    @Test
    void theFirstMemberThatWasNotReadIsRefused() throws InvalidDocumentException {
        Members members = members("{\"a\":1,\n\"b\":2,\n\"c\":3}");
        assertThat(members.has("c")).isTrue();
        assertThat(members.has("d")).isFalse();
        members.required("a");
        members.required("a");
        assertThatThrownBy(members::done).hasMessageContaining("at b, line 2");
        members.optional("b");
        assertThatThrownBy(members::done).hasMessageContaining("at c, line 3");
        assertThat(members.list("d")).isEmpty();
        members.required("c");
        members.done();
    }

    @Test
    void wrongTypesSayWhatBelongsThere() throws InvalidDocumentException {
        assertThatThrownBy(() -> members("{\"id\":12}").string("id")).hasMessageContaining("quotes");
        assertThatThrownBy(() -> members("{\"id\":null}").string("id")).hasMessageContaining("found null");
        assertThatThrownBy(() -> members("{}").string("id")).hasMessageContaining("\"id\" is missing");
        assertThatThrownBy(() -> members("{\"n\":1.5}").optionalInteger("n", 0, 9))
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> members("{\"n\":10}").optionalInteger("n", 0, 9))
                .hasMessageContaining("from 0 to 9");
        assertThatThrownBy(() -> Members.strings(Values.parse("[]"))).hasMessageContaining("empty");
        assertThatThrownBy(() -> members("[]")).hasMessageContaining("expected an object");
    }
}

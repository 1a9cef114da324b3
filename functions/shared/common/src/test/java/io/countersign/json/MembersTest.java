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

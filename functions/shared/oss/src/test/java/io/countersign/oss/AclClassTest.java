package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AclClassTest {
    @ParameterizedTest
    @CsvSource({
        "default,false,false",
        "private,false,false",
        "public-read,true,false",
        "public-read-write,true,true",
    })
    void anAclOpensWhatItSays(String text, boolean read, boolean write) {
        Acl acl = Acl.of(text).orElseThrow();
        assertThat(acl.text()).isEqualTo(text);
        assertThat(Acl.Access.READ.isOpenUnder(acl)).isEqualTo(read);
        assertThat(Acl.Access.WRITE.isOpenUnder(acl)).isEqualTo(write);
    }

    @ParameterizedTest
    @EnumSource(Acl.class)
    void noAclOpensTheRest(Acl acl) {
        assertThat(Acl.Access.NONE.isOpenUnder(acl)).isFalse();
    }

    @Test
    void otherTextIsNoAcl() {
        assertThat(Acl.of("Public-Read")).isEmpty();
        assertThat(Acl.of("")).isEmpty();
    }
}

package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import org.junit.jupiter.api.Test;

class ResealCommandTest extends OperatorContract {
    @Test
    void aResealSaysWhatItDidInOneDocumentAndInTheAudit() throws Exception {
        Members members = Members.of(operator.run("reseal --json").json());
        String root = members.string("rootKey");
        assertThat(members.optionalBoolean("made")).hasValue(true);
        assertThat(members.optionalInteger("resealed", 0, 100)).hasValue(4);
        members.done();
        assertThat(operator.run("audit").out())
                .contains("SecretsResealed  " + root + "  4 secrets are sealed under a new root key  operator-");
    }
}

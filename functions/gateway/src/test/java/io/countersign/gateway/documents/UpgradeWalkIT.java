package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** docs/upgrade.md. Both versions are this one; the tests of the stores bring files of former formats up. */
class UpgradeWalkIT extends WalkContract {
    private static final String INSTALL = "Install";
    private static final String UPGRADE = "Upgrade";
    private static final String ROLL_BACK = "Roll back";

    UpgradeWalkIT() {
        super("docs/upgrade.md", INSTALL, UPGRADE, ROLL_BACK);
    }

    @Test
    void installsUpgradesAndRollsBack() throws Exception {
        walk(INSTALL);
        String keys = run("./countersign keys --data data");
        walk(UPGRADE);
        assertThat(run("./countersign keys --data data")).isEqualTo(keys);
        run("./countersign rotate --token-keys --data data");
        walk(ROLL_BACK);
        assertThat(run("./countersign keys --data data")).isEqualTo(keys);
        assertThat(run("./countersign audit --data data")).doesNotContain("TokenKeyRotated");
        assertThat(run("./countersign audit --data newer")).contains("TokenKeyRotated");
    }
}

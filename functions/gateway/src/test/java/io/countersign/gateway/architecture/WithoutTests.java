package io.countersign.gateway.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The shipped classes: neither test classes, nor the jars in which modules lend theirs to others, nor the module that only tests use. */
final class WithoutTests implements ImportOption {
    private static final ImportOption NO_TEST_CLASSES = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return NO_TEST_CLASSES.includes(location)
                && !location.contains("-tests.jar")
                && !location.contains("/testkit/target/")
                && !location.contains("/countersign-testkit");
    }
}

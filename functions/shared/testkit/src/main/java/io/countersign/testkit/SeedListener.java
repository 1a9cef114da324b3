package io.countersign.testkit;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells {@link Seeds} which test is running, and a failure how its data are drawn again. The launcher of the tests finds it among its services. */
public final class SeedListener implements TestExecutionListener {
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (Seeds.areFresh()) {
            tell("Random data of this run: " + again());
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        Seeds.begin(test.getUniqueId());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (Seeds.areFresh() && result.getStatus() == TestExecutionResult.Status.FAILED) {
            tell(test.getUniqueId() + " failed; its data come again with " + again());
        }
    }

    private static String again() {
        return "-D" + Seeds.PROPERTY + "=" + Seeds.text();
    }

    private static void tell(String line) {
        System.out.println(line);
    }
}

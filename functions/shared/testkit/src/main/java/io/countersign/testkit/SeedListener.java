package io.countersign.testkit;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Reports the running test to {@link Seeds}, and prints how to repeat the data of a failed test. JUnit's launcher loads it as a service. */
public final class SeedListener implements TestExecutionListener {
    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (Seeds.areFresh()) {
            print("Random data of this run: " + option());
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        Seeds.begin(test.getUniqueId());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (Seeds.areFresh() && result.getStatus() == TestExecutionResult.Status.FAILED) {
            print(test.getUniqueId() + " failed; its data come again with " + option());
        }
    }

    private static String option() {
        return "-D" + Seeds.PROPERTY + "=" + Seeds.text();
    }

    private static void print(String line) {
        System.out.println(line);
    }
}

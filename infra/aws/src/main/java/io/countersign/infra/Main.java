package io.countersign.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** The CDK app, which {@code cdk} runs in {@code infra/aws} after the functions were built. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        App app = new App();
        new CountersignStack(app, "Countersign", DeploymentSettings.of(app.getNode()));
        Aspects.of(app).add(new AwsSolutionsChecks());
        app.synth();
    }
}

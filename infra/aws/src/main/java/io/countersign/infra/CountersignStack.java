package io.countersign.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlCorsOptions;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.HttpMethod;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.constructs.Construct;

/** The stack of a deployment: the functions, the registry, the event bus and the alarms. */
final class CountersignStack extends Stack {
    private static final int ROTATIONS = 2;

    private final DeploymentSettings settings;
    private final Registry registry;
    private final Alarms alarms;

    CountersignStack(Construct scope, String id, DeploymentSettings settings) {
        super(scope, id);
        this.settings = settings;
        this.registry = new Registry(this, "Registry");
        this.alarms = new Alarms(this, "Alarms", settings);
        output("TableName", registry.table().getTableName());
        output("RootKeyArn", registry.rootKey().getKeyArn());
        signing();
        verifying();
        rotating();
    }

    /** Functions for apps and for STS clients. They authenticate each call, so their URLs are open. */
    private void signing() {
        int concurrency = settings.concurrency();
        url(
                FunctionSpec.ofRequests(
                        "Token",
                        "token",
                        "http",
                        concurrency,
                        FunctionSpec.TableUse.READ,
                        FunctionSpec.TableUse.USE_NONCES),
                FunctionUrlAuthType.NONE);
        url(
                FunctionSpec.ofRequests(
                                "Presign",
                                "presign",
                                "http",
                                concurrency,
                                FunctionSpec.TableUse.READ,
                                FunctionSpec.TableUse.TELL_UPLOADS)
                        .with(settings.callbacksUrl()
                                .map(url -> Map.of("COUNTERSIGN_CALLBACKS_URL", url))
                                .orElse(Map.of())),
                FunctionUrlAuthType.NONE);
        url(
                FunctionSpec.ofRequests("SignContent", "sign-content", "http", concurrency, FunctionSpec.TableUse.READ),
                FunctionUrlAuthType.NONE);
    }

    /** Functions that decide on requests, for programs of the account only. */
    private void verifying() {
        int concurrency = settings.concurrency();
        url(
                FunctionSpec.ofRequests(
                        "Verify",
                        "verify",
                        "http",
                        concurrency,
                        FunctionSpec.TableUse.READ,
                        FunctionSpec.TableUse.SET_ACLS,
                        FunctionSpec.TableUse.USE_URLS),
                FunctionUrlAuthType.AWS_IAM);
        CountersignFunction direct = function(FunctionSpec.ofRequests(
                "VerifyDirect",
                "verify",
                "direct",
                concurrency,
                FunctionSpec.TableUse.READ,
                FunctionSpec.TableUse.USE_URLS));
        output("VerifyDirectName", direct.function().getFunctionName());
        settings.storage().ifPresent(storage -> {
            CountersignFunction authorizer = function(FunctionSpec.ofRequests(
                    "Authorizer",
                    "verify",
                    "authorizer",
                    concurrency,
                    FunctionSpec.TableUse.READ,
                    FunctionSpec.TableUse.DROP_ACLS,
                    FunctionSpec.TableUse.USE_URLS));
            StorageGate gate = new StorageGate(this, "Storage", storage, authorizer);
            Suppressions.on(gate);
            output("StorageAlias", gate.alias());
            gate.clientCertificates().forEach((name, id) -> output("StorageClientCertificate" + name, id));
        });
    }

    private void rotating() {
        RotationEvents events = new RotationEvents(this, "Events", settings);
        Suppressions.on(events);
        CountersignFunction rotate = function(new FunctionSpec(
                "Rotate",
                "rotate",
                "event",
                List.of(FunctionSpec.TableUse.ROTATE),
                Map.of("COUNTERSIGN_EVENTS_BUS", events.bus().getEventBusName()),
                Duration.minutes(1),
                ROTATIONS));
        events.routeTo(rotate);
        rotate.allow(PolicyStatement.Builder.create()
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(events.undelivered().getQueueArn()))
                .build());
        rotate.function()
                .configureAsyncInvoke(EventInvokeConfigOptions.builder()
                        .maxEventAge(Duration.hours(6))
                        .retryAttempts(2)
                        .onFailure(new SqsDestination(events.undelivered()))
                        .build());
        alarms.watch("Undelivered", events.undelivered());
        Rule failed = events.rule("RotationFailed");
        alarms.send(failed);
        alarms.watch(
                "RotationFailed",
                "A key could not be rotated; the event on the bus names the key and the remedy",
                events.bus(),
                failed);
        alarms.watch(
                "Compromised",
                "A key was reported as compromised; search for its use and for the leak",
                events.bus(),
                events.request("AccessKeyCompromised"));
        output("EventBusName", events.bus().getEventBusName());
    }

    private void url(FunctionSpec spec, FunctionUrlAuthType callers) {
        CountersignFunction made = function(spec);
        output(
                spec.name() + "Url",
                made.function().addFunctionUrl(options(callers)).getUrl());
    }

    /** Allows CORS for open URLs only: web pages call these functions for app users. */
    private FunctionUrlOptions options(FunctionUrlAuthType callers) {
        FunctionUrlOptions.Builder options = FunctionUrlOptions.builder().authType(callers);
        if (callers == FunctionUrlAuthType.NONE && !settings.allowedOrigins().isEmpty()) {
            options.cors(FunctionUrlCorsOptions.builder()
                    .allowedOrigins(settings.allowedOrigins())
                    .allowedMethods(List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE))
                    .allowedHeaders(List.of("authorization", "content-type"))
                    .maxAge(Duration.minutes(10))
                    .build());
        }
        return options.build();
    }

    private CountersignFunction function(FunctionSpec spec) {
        CountersignFunction made = new CountersignFunction(this, spec, settings, registry);
        alarms.watch(spec.name(), made.function());
        return made;
    }

    private void output(String name, String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}

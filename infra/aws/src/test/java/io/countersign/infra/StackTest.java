package io.countersign.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Matcher;
import software.amazon.awscdk.assertions.Template;

class StackTest {
    private static final String SENDER = "arn:aws:iam::111122223333:role/leak-scanner";
    private static final String[] FULL = {
        "senders",
        SENDER,
        "alarmEmail",
        "keys@example.com",
        "allowedOrigins",
        "https://app.example.com, https://www.example.com",
        "storage",
        "https://files.example.com/",
        "storageDomain",
        "oss.example.com",
        "storageCertificate",
        "arn:aws:acm:eu-central-1:111122223333:certificate/c"
    };

    @TempDir
    static Path directory;

    private static Template template;

    @BeforeAll
    static void synthesize() throws IOException {
        template = Template.fromStack(Deployments.stack(Deployments.functions(directory), FULL));
    }

    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue))
                : Map.of();
    }

    private static List<Map<String, Object>> objects(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(StackTest::object).toList()
                : List.of(object(value));
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /** The permissions of a function's role, as {@code action on resource}. */
    private static List<String> rights(String function) {
        List<String> rights = new ArrayList<>();
        template.findResources("AWS::IAM::Policy").forEach((id, policy) -> {
            if (id.startsWith(function + "Role")) {
                Map<String, Object> properties = object(object(policy).get("Properties"));
                for (Map<String, Object> statement :
                        objects(object(properties.get("PolicyDocument")).get("Statement"))) {
                    assertThat(statement).containsEntry("Effect", "Allow");
                    for (String action : texts(statement.get("Action"))) {
                        assertThat(action).doesNotContain("*");
                        rights.add(action + " " + statement.getOrDefault("Condition", ""));
                        assertThat(texts(statement.get("Resource")))
                                .isNotEmpty()
                                .doesNotContain("*");
                    }
                }
            }
        });
        return rights;
    }

    private static List<String> tableActions(String function) {
        return rights(function).stream()
                .filter(right -> right.startsWith("dynamodb:"))
                .map(right -> right.substring("dynamodb:".length()).replaceAll(" .*", ""))
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Token, 'BatchGetItem PutItem'",
        "Presign, 'BatchGetItem PutItem'",
        "SignContent, 'BatchGetItem'",
        "Verify, 'BatchGetItem ConditionCheckItem DeleteItem PutItem'",
        "VerifyDirect, 'BatchGetItem PutItem'",
        "Authorizer, 'BatchGetItem ConditionCheckItem DeleteItem PutItem'",
        "Rotate, 'BatchGetItem ConditionCheckItem DeleteItem PutItem Query'"
    })
    void aFunctionMayDoWithTheTableWhatItNeeds(String function, String actions) {
        assertThat(tableActions(function)).containsExactly(actions.split(" "));
        assertThat(rights(function).stream().filter(right -> right.startsWith("kms:")))
                .singleElement()
                .asString()
                .startsWith("kms:Decrypt ")
                .contains("kms:EncryptionContext:purpose=countersign registry root key");
    }

    @Test
    void writesStayInTheirPartitions() {
        assertThat(rights("Token"))
                .filteredOn(right -> right.startsWith("dynamodb:PutItem"))
                .singleElement()
                .asString()
                .contains("dynamodb:LeadingKeys=[nonce/*]");
        for (String function : List.of("Verify", "VerifyDirect", "Authorizer")) {
            assertThat(rights(function))
                    .filteredOn(right -> right.contains("once/*"))
                    .singleElement()
                    .asString()
                    .startsWith("dynamodb:PutItem")
                    .contains("dynamodb:LeadingKeys=[once/*]");
        }
        assertThat(rights("Presign"))
                .filteredOn(right -> right.startsWith("dynamodb:PutItem"))
                .singleElement()
                .asString()
                .contains("dynamodb:LeadingKeys=[callback/*, outbox]");
        for (String function : List.of("Verify", "Authorizer")) {
            assertThat(rights(function))
                    .filteredOn(right -> !right.contains("once/*"))
                    .filteredOn(
                            right -> right.startsWith("dynamodb:PutItem") || right.startsWith("dynamodb:DeleteItem"))
                    .hasSize(function.equals("Verify") ? 2 : 1)
                    .allSatisfy(right -> assertThat(right).contains("dynamodb:LeadingKeys=[bucket/*, objects/*]"));
        }
    }

    @Test
    void onlyRotationMayPutEventsAndOnlyAsCountersign() {
        assertThat(rights("Rotate"))
                .filteredOn(right -> right.startsWith("events:"))
                .containsExactly("events:PutEvents {StringEquals={events:source=countersign}}");
        for (String other : List.of("Token", "Presign", "SignContent", "Verify", "VerifyDirect", "Authorizer")) {
            assertThat(rights(other)).noneMatch(right -> right.startsWith("events:") || right.startsWith("sqs:"));
        }
    }

    @Test
    void functionsAreNativeForArmWithTheirOwnLogsAndBounds() {
        template.resourceCountIs("AWS::Lambda::Function", 7);
        template.allResourcesProperties(
                "AWS::Lambda::Function",
                Match.objectLike(Map.of(
                        "Runtime", "provided.al2023",
                        "Architectures", List.of("arm64"),
                        "ReservedConcurrentExecutions", Match.anyValue(),
                        "LoggingConfig", Match.objectLike(Map.of("LogGroup", Match.anyValue(), "LogFormat", "JSON")))));
        template.allResourcesProperties("AWS::Logs::LogGroup", Match.objectLike(Map.of("RetentionInDays", 90)));
        template.resourcePropertiesCountIs(
                "AWS::Lambda::Function", Match.objectLike(Map.of("ReservedConcurrentExecutions", 2)), 1);
        Template intel = Template.fromStack(Deployments.stack(directory, "architecture", "x86_64", "concurrency", "7"));
        intel.allResourcesProperties(
                "AWS::Lambda::Function", Match.objectLike(Map.of("Architectures", List.of("x86_64"))));
        intel.resourcePropertiesCountIs(
                "AWS::Lambda::Function", Match.objectLike(Map.of("ReservedConcurrentExecutions", 7)), 5);
    }

    @Test
    void eachFunctionKnowsTheRegistryAndExportsItsBinding() {
        for (String export : List.of("http", "direct", "authorizer", "event")) {
            template.hasResourceProperties(
                    "AWS::Lambda::Function",
                    Match.objectLike(Map.of(
                            "Environment",
                            Map.of(
                                    "Variables",
                                    Match.objectLike(Map.of(
                                            "COUNTERSIGN_STORE",
                                            "dynamodb",
                                            "COUNTERSIGN_DYNAMODB_TABLE",
                                            Match.anyValue(),
                                            "COUNTERSIGN_KMS_KEY_ID",
                                            Match.anyValue(),
                                            "QUARKUS_FUNQY_EXPORT",
                                            export))))));
        }
    }

    @Test
    void presignKnowsWhereOssCallsBackIfItIsSaid() {
        String url = "https://presign.example.com/callbacks/oss";
        Template called = Template.fromStack(Deployments.stack(directory, "callbacksUrl", url));
        Object variables = Match.objectLike(
                Map.of("Environment", Map.of("Variables", Match.objectLike(Map.of("COUNTERSIGN_CALLBACKS_URL", url)))));
        called.resourcePropertiesCountIs("AWS::Lambda::Function", variables, 1);
        template.resourcePropertiesCountIs("AWS::Lambda::Function", variables, 0);
    }

    @Test
    void urlsThatProveTheirCallersAreOpenAndTheDecisionIsNot() {
        template.resourceCountIs("AWS::Lambda::Url", 4);
        template.resourcePropertiesCountIs("AWS::Lambda::Url", Match.objectLike(Map.of("AuthType", "NONE")), 3);
        template.hasResourceProperties(
                "AWS::Lambda::Url",
                Match.objectLike(Map.of(
                        "AuthType",
                        "AWS_IAM",
                        "TargetFunctionArn",
                        Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("^VerifyFunction"), "Arn")))));
    }

    @Test
    void pagesOfNamedOriginsMayAskWhatAppUsersAsk() {
        template.resourcePropertiesCountIs(
                "AWS::Lambda::Url",
                Match.objectLike(Map.of(
                        "AuthType",
                        "NONE",
                        "Cors",
                        Match.objectLike(Map.of(
                                "AllowOrigins", List.of("https://app.example.com", "https://www.example.com"))))),
                3);
        template.hasResourceProperties(
                "AWS::Lambda::Url", Match.objectLike(Map.of("AuthType", "AWS_IAM", "Cors", Match.absent())));
    }

    @Test
    void theTableCanBeBroughtBackAndNotBeLost() {
        template.hasResource(
                "AWS::DynamoDB::Table",
                Match.objectLike(Map.of(
                        "DeletionPolicy", "Retain",
                        "UpdateReplacePolicy", "Retain",
                        "Properties",
                                Match.objectLike(Map.of(
                                        "BillingMode", "PAY_PER_REQUEST",
                                        "DeletionProtectionEnabled", true,
                                        "PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true),
                                        "TimeToLiveSpecification", Map.of("AttributeName", "t", "Enabled", true),
                                        "SSESpecification",
                                                Match.objectLike(Map.of("SSEEnabled", true, "SSEType", "KMS")),
                                        "KeySchema",
                                                List.of(
                                                        Map.of("AttributeName", "p", "KeyType", "HASH"),
                                                        Map.of("AttributeName", "s", "KeyType", "RANGE")))))));
    }

    @Test
    void keysOfKmsRotateAndOutliveTheStack() {
        template.allResourcesProperties("AWS::KMS::Key", Match.objectLike(Map.of("EnableKeyRotation", true)));
        assertThat(template.findResources("AWS::KMS::Key", Match.objectLike(Map.of("DeletionPolicy", "Retain"))))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy((id, key) -> assertThat(object(key)).containsEntry("DeletionPolicy", "Retain"));
    }

    @Test
    void theBusAcceptsTheThreeRequestsOnlyFromNamedSenders() {
        template.hasResourceProperties(
                "AWS::Events::EventBusPolicy",
                Match.objectLike(Map.of(
                        "Statement",
                        Match.objectLike(Map.of(
                                "Effect",
                                "Allow",
                                "Action",
                                "events:PutEvents",
                                "Principal",
                                Map.of("AWS", SENDER),
                                "Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of(
                                                "events:source",
                                                "countersign",
                                                "events:detail-type",
                                                RotationEvents.REQUESTS)))))));
        Template alone = Template.fromStack(Deployments.stack(directory));
        alone.resourceCountIs("AWS::Events::EventBusPolicy", 0);
        alone.resourceCountIs("AWS::ApiGateway::RestApi", 0);
        alone.resourceCountIs("AWS::SNS::Subscription", 0);
    }

    @Test
    void eachTypeOfEventHasARuleAndNothingIsLost() {
        for (String type : RotationEvents.REQUESTS) {
            template.hasResourceProperties(
                    "AWS::Events::Rule",
                    Match.objectLike(Map.of(
                            "EventPattern", Map.of("source", List.of("countersign"), "detail-type", List.of(type)),
                            "Targets",
                                    List.of(Match.objectLike(Map.of(
                                            "DeadLetterConfig", Match.anyValue(),
                                            "RetryPolicy", Match.anyValue()))))));
        }
        template.hasResourceProperties(
                "AWS::Events::Rule",
                Match.objectLike(Map.of(
                        "ScheduleExpression",
                        "rate(1 minute)",
                        "Targets",
                        List.of(Match.objectLike(Map.of("DeadLetterConfig", Match.anyValue()))))));
        template.hasResourceProperties(
                "AWS::Lambda::EventInvokeConfig",
                Match.objectLike(Map.of("DestinationConfig", Map.of("OnFailure", Match.anyValue()))));
        template.allResourcesProperties("AWS::SQS::Queue", Match.objectLike(Map.of("SqsManagedSseEnabled", true)));
    }

    @Test
    void alarmsTellSomebody() {
        for (String function :
                List.of("Token", "Presign", "SignContent", "Verify", "VerifyDirect", "Authorizer", "Rotate")) {
            assertThat(alarms()).contains("Alarms" + function + "Errors", "Alarms" + function + "Throttles");
        }
        assertThat(alarms()).contains("AlarmsRotationFailed", "AlarmsCompromised", "AlarmsUndelivered");
        template.allResourcesProperties(
                "AWS::CloudWatch::Alarm",
                Match.objectLike(Map.of("Threshold", 1, "AlarmActions", List.of(Match.anyValue()))));
        template.hasResourceProperties(
                "AWS::SNS::Subscription",
                Match.objectLike(Map.of("Protocol", "email", "Endpoint", "keys@example.com")));
    }

    private static List<String> alarms() {
        return template.findResources("AWS::CloudWatch::Alarm").keySet().stream()
                .map(id -> id.substring(0, id.length() - 8))
                .toList();
    }

    @Test
    void theAuthorizerIsAskedAboutEveryRequest() {
        template.hasResourceProperties(
                "AWS::ApiGateway::Authorizer",
                Match.objectLike(Map.of("Type", "REQUEST", "AuthorizerResultTtlInSeconds", 0)));
        template.resourceCountIs("AWS::ApiGateway::Method", 1);
        template.hasResourceProperties(
                "AWS::ApiGateway::RestApi", Match.objectLike(Map.of("DisableExecuteApiEndpoint", true)));
        template.hasResourceProperties(
                "AWS::ApiGateway::DomainName",
                Match.objectLike(Map.of("DomainName", "oss.example.com", "SecurityPolicy", "TLS_1_2")));
        template.hasResourceProperties(
                "AWS::ApiGateway::BasePathMapping", Match.objectLike(Map.of("BasePath", Match.absent())));
        template.hasResourceProperties(
                "AWS::ApiGateway::Method",
                Match.objectLike(Map.of(
                        "AuthorizationType", "CUSTOM",
                        "HttpMethod", "ANY",
                        "Integration",
                                Match.objectLike(Map.of(
                                        "Uri",
                                        "https://files.example.com/{proxy}",
                                        "RequestParameters",
                                        Match.objectLike(Map.of(
                                                "integration.request.header.X-Countersign-Resource",
                                                "context.authorizer.resource")))))));
    }

    @Test
    void theStorageKnowsTheGateByACertificateOfItsOwn() {
        template.resourceCountIs("AWS::ApiGateway::ClientCertificate", 1);
        template.resourceCountIs("AWS::ApiGateway::Stage", 1);
        template.hasResourceProperties("AWS::ApiGateway::Stage", shows("StorageClientCertificate1"));
        template.hasOutput(
                "StorageClientCertificate1",
                Match.objectLike(Map.of("Value", Map.of("Ref", Match.stringLikeRegexp("^StorageClientCertificate1")))));
        // Every way to the storage shows it: there is one stage, and its one method goes to the storage over TLS.
        template.resourcePropertiesCountIs(
                "AWS::ApiGateway::Method",
                Match.objectLike(Map.of(
                        "Integration",
                        Match.objectLike(Map.of("Type", "HTTP_PROXY", "Uri", Match.stringLikeRegexp("^https://"))))),
                1);
    }

    @Test
    void anotherCertificateIsThereBeforeItIsShown() {
        Template both = Template.fromStack(Deployments.stack(directory, with("storageClientCertificates", "1,2")));
        both.resourceCountIs("AWS::ApiGateway::ClientCertificate", 2);
        both.hasResourceProperties("AWS::ApiGateway::Stage", shows("StorageClientCertificate1"));
        both.hasOutput("StorageClientCertificate2", Match.anyValue());
        Template next = Template.fromStack(Deployments.stack(directory, with("storageClientCertificates", "2,1")));
        next.hasResourceProperties("AWS::ApiGateway::Stage", shows("StorageClientCertificate2"));
        assertThatThrownBy(() -> Deployments.stack(directory, with("storageClientCertificates", "1,1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Deployments.stack(directory, with("storageClientCertificates", "a-b")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Matcher shows(String certificate) {
        return Match.objectLike(
                Map.of("ClientCertificateId", Map.of("Ref", Match.stringLikeRegexp("^" + certificate))));
    }

    private static String[] with(String name, String value) {
        List<String> context = new ArrayList<>(List.of(FULL));
        context.addAll(List.of(name, value));
        return context.toArray(String[]::new);
    }

    @Test
    void noRuleOfAwsSolutionsIsBrokenWithoutAReason() {
        CountersignStack stack = Deployments.stack(directory, FULL);
        Aspects.of(stack).add(new AwsSolutionsChecks());
        Annotations found = Annotations.fromStack(stack);
        assertThat(found.findError("*", Match.stringLikeRegexp("AwsSolutions-.*")))
                .isEmpty();
        assertThat(found.findWarning("*", Match.stringLikeRegexp("AwsSolutions-.*")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"architecture, mips", "storage, https://files.example.com", "concurrency, many"})
    void refusesAnInvalidContextValue(String name, String value) {
        assertThatThrownBy(() -> Deployments.stack(directory, name, value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStorageThatIsAskedInTheClearIsRefused() {
        assertThatThrownBy(() -> Deployments.stack(
                        directory,
                        "storage",
                        "http://files.example.com",
                        "storageDomain",
                        "oss.example.com",
                        "storageCertificate",
                        "arn:aws:acm:eu-central-1:111122223333:certificate/c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }

    @Test
    void functionsThatWereNotBuiltAreNotDeployed(@TempDir Path empty) {
        assertThatThrownBy(() -> Deployments.stack(empty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("function.zip");
    }
}

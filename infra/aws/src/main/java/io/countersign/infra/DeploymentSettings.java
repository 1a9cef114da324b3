package io.countersign.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.lambda.Architecture;
import software.constructs.Node;

/**
 * The settings of a deployment, each given by {@code cdk deploy -c name=value}.
 *
 * @param functions {@code functions}: the folder with the functions' modules, each with its {@code target/function.zip}
 * @param senders {@code senders}: ARNs of principals that may put events on the bus, separated by commas; without it, only this account's rotation
 * @param concurrency {@code concurrency}: the most concurrent instances of each request function
 * @param architecture {@code architecture}: {@code arm64} (the default) or {@code x86_64}, as the functions were compiled
 * @param alarmEmail {@code alarmEmail}: the address to which alarms are mailed
 * @param allowedOrigins {@code allowedOrigins}: origins of the web pages that may call token, presign and sign-content, separated by commas
 * @param callbacksUrl {@code callbacksUrl}: the URL of Presign with /callbacks/oss, where OSS calls back about uploads; without it there are no callbacks
 * @param storage a self-hosted storage, to be put behind a REST API with the authorizer
 */
record DeploymentSettings(
        Path functions,
        List<String> senders,
        int concurrency,
        Architecture architecture,
        Optional<String> alarmEmail,
        List<String> allowedOrigins,
        Optional<String> callbacksUrl,
        Optional<StorageGate.GatedStorage> storage) {
    private static final int CONCURRENCY = 50;

    /** Relative to {@code infra/aws}, where {@code cdk} runs. */
    private static final Path FUNCTIONS = Path.of("..", "..", "functions");

    DeploymentSettings {
        senders = List.copyOf(senders);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    static DeploymentSettings of(Node node) {
        return new DeploymentSettings(
                text(node, "functions").map(Path::of).orElse(FUNCTIONS),
                texts(node, "senders"),
                text(node, "concurrency").map(Integer::parseInt).orElse(CONCURRENCY),
                text(node, "architecture").map(DeploymentSettings::architecture).orElse(Architecture.ARM_64),
                text(node, "alarmEmail"),
                texts(node, "allowedOrigins"),
                text(node, "callbacksUrl"),
                StorageGate.GatedStorage.of(node));
    }

    /** @throws IllegalStateException when the function was not built */
    String zip(String function) {
        Path zip = functions.resolve(function).resolve("target").resolve("function.zip");
        if (!Files.isRegularFile(zip)) {
            throw new IllegalStateException(
                    "there is no " + zip + "; build the functions first (docs/quickstart-aws.md)");
        }
        return zip.toString();
    }

    static List<String> texts(Node node, String name) {
        return text(node, name).stream()
                .flatMap(all -> Arrays.stream(all.split(",")))
                .map(String::strip)
                .toList();
    }

    static Optional<String> text(Node node, String name) {
        return Optional.ofNullable(node.tryGetContext(name))
                .map(String::valueOf)
                .filter(value -> !value.isBlank());
    }

    private static Architecture architecture(String name) {
        return switch (name) {
            case "arm64" -> Architecture.ARM_64;
            case "x86_64" -> Architecture.X86_64;
            default -> throw new IllegalArgumentException("architecture: expected arm64 or x86_64, not " + name);
        };
    }
}

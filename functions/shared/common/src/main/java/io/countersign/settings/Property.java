package io.countersign.settings;

import java.util.Locale;
import java.util.Optional;

/** The settings. The server does not start with a system property that begins with {@code countersign.} and is not listed here. */
public enum Property {
    BASE_DOMAINS(
            "countersign.base-domains",
            "oss-*.aliyuncs.com",
            "The domains under which buckets live, separated by commas; * stands for a region, and oss-*.aliyuncs.com for every kind of endpoint that OSS has."),
    CACHE_TTL(
            "countersign.cache.ttl",
            "PT5S",
            "How long a record is served from memory: what a revocation may lag (at most PT5M)."),
    CACHE_ENTRIES("countersign.cache.entries", "10000", "Records remembered at most."),
    TOKEN_STS_ENDPOINT(
            "countersign.token.sts-endpoint",
            "https://sts.aliyuncs.com",
            "Where the sessions of roles with authority: sts are asked for; http on this machine alone."),
    STORE(
            "countersign.store",
            "sqlite",
            "Where the registry stands: sqlite (a file in --data) or dynamodb (a table that any number of servers share)."),
    AWS_REGION("countersign.aws.region", "", "none", "The region of the table and of the KMS key, as eu-central-1."),
    AWS_API_CALL_TIMEOUT(
            "countersign.aws.api-call-timeout",
            "PT3S",
            "PT3S",
            "The longest time that one call of the table or of KMS may take with all its attempts, and a request, from its arrival, with its waits for a worker and for the registry (PT0.1S to PT1M).",
            "countersign.aws.budget"),
    DYNAMODB_TABLE("countersign.dynamodb.table", "countersign", "The table's name."),
    DYNAMODB_ENDPOINT(
            "countersign.dynamodb.endpoint",
            "",
            "the region's own",
            "Another endpoint: https, or http on this machine (DynamoDB Local)."),
    DYNAMODB_CREATE_TABLE(
            "countersign.dynamodb.create-table",
            "false",
            "Whether a missing table is made, for development; a deployment makes it with backups and protection."),
    KMS_KEY_ID(
            "countersign.kms.key-id",
            "",
            "none: the root key is a file in --data",
            "The KMS key that wraps the root key: its id, its ARN, or alias/ and a name."),
    KMS_ENDPOINT(
            "countersign.kms.endpoint", "", "the region's own", "Another endpoint: https, or http on this machine."),
    PRESIGN_MAX_EXPIRES_IN(
            "countersign.presign.max-expires-in", "PT1H", "The longest life of a presigned URL (at most P7D)."),
    PRESIGN_DEFAULT_EXPIRES_IN(
            "countersign.presign.default-expires-in",
            "PT1H",
            "The life of a presigned URL when the request names none; never longer than the longest."),
    PRESIGN_CALLBACK(
            "countersign.presign.callback",
            "false",
            "Whether callers may choose an upload callback (x-oss-callback), here and at /sign-content."),
    PRESIGN_SYMLINK(
            "countersign.presign.symlink",
            "false",
            "Whether callers may make symbolic links, here and at /sign-content."),
    PRESIGN_PROCESSES(
            "countersign.presign.processes",
            "",
            "those that look at the object alone",
            "What x-oss-process may do, here and at /sign-content, separated by commas: image/resize, style/*."),
    POST_POLICY_MAX_EXPIRES_IN(
            "countersign.post-policy.max-expires-in",
            "PT1H",
            "The longest life of a form for uploads (at most P7D); a form lives an hour when the request names none, never longer than this."),
    SIGN_CONTENT_MAX_EXPIRES_IN(
            "countersign.sign-content.max-expires-in",
            "PT1H",
            "How far ahead a presigned URL may expire whose string /sign-content signs (at most P7D)."),
    VERIFY_ALLOW_AT(
            "countersign.verify.allow-at",
            "",
            "true while /verify listens on loopback, else false",
            "Whether /verify takes \"at\", a moment other than now to judge at."),
    AUTH_HEADERS(
            "countersign.auth.headers",
            "nginx",
            "Which headers tell /auth the client's request: nginx (X-Original-*) or forwarded (X-Forwarded-*)."),
    AUTH_KEYS(
            "countersign.auth.keys",
            "file",
            "What the proxy of /auth protects: file refuses keys that file servers fold, object keeps all literal, both named by X-Countersign-Resource; uri is for what reads the client's URL again, and refuses all but one spelling."),
    AUTH_TRUSTED_PROXIES(
            "countersign.auth.trusted-proxies",
            "",
            "none",
            "Addresses and CIDR blocks whose X-Forwarded-For and X-Forwarded-Proto count at /auth alone, separated by commas."),
    AUTH_SOURCE_VPC(
            "countersign.auth.source-vpc",
            "none",
            "none",
            "Whether trusted proxies tell /auth through which VPC a client came: header (X-Countersign-Source-Vpc) or none."),
    CORS_ALLOWED_ORIGINS(
            "countersign.cors.allowed-origins",
            "",
            "none",
            "Origins whose pages may call /token, /presign and /post-policy, separated by commas: https://app.example.com."),
    ROTATION_POLL_INTERVAL(
            "countersign.rotation.poll-interval",
            "PT1M",
            "PT1M",
            "The interval at which rotation searches for keys that are due (PT1S to PT1H).",
            "countersign.rotation.look-every"),
    ROTATION_TOKEN_KEY_EVERY(
            "countersign.rotation.token-key-every",
            "P30D",
            "From one key that seals security tokens to the next (at least P1D)."),
    ROTATION_RAM_ENDPOINT(
            "countersign.rotation.ram-endpoint",
            "https://ram.aliyuncs.com",
            "Where the keys of users with authority: ram are made and put out of use; http on this machine alone."),
    EVENTS_WEBHOOK(
            "countersign.events.webhook",
            "",
            "none",
            "Where events of rotation are sent as CloudEvents: a URL with https, or http on loopback. They are logged in any case."),
    EVENTS_BUS(
            "countersign.events.bus",
            "",
            "none",
            "The event bus of EventBridge, its name or ARN, on which rotation as a Lambda puts its events."),
    EVENTS_ENDPOINT(
            "countersign.events.endpoint",
            "",
            "the region's own",
            "Another endpoint of EventBridge: https, or http on this machine."),
    TRUSTED_PROXIES(
            "countersign.trusted-proxies",
            "",
            "none",
            "Addresses and CIDR blocks of the proxies before every face, separated by commas: X-Forwarded-For and X-Forwarded-Proto of theirs say who the client is, at /token, /presign, /post-policy, /sign-content, / and /auth."),
    PRIVATE_HOST("countersign.private.host", "127.0.0.1", "The address of --private-port."),
    PRIVATE_HOSTS(
            "countersign.private.hosts",
            "",
            "none",
            "Names besides those of loopback that a Host header may have at private faces on loopback, separated by commas."),
    PRIVATE_TOKENS(
            "countersign.private.tokens",
            "",
            "none",
            "A file (mode 0600) of the programs that may call private faces: lines of name, faces and SHA-256 of a token, as private-token prints them. Required where they listen beyond loopback."),
    DECISIONS_LOG(
            "countersign.decisions.log",
            "refused",
            "Which decisions are logged, one line of JSON each: off, refused or all."),
    DECISIONS_FILE(
            "countersign.decisions.file",
            "",
            "standard error",
            "The file of the decision log (mode 0600), for one process."),
    DECISIONS_FILE_BYTES(
            "countersign.decisions.file-bytes",
            "104857600",
            "The size in bytes at which the file of the decision log is full and another one is begun (4096 to 2000000000)."),
    DECISIONS_KEPT_FILES(
            "countersign.decisions.kept-files",
            "10",
            "How many full files of the decision log are kept; the oldest is deleted (1 to 100000)."),
    HTTP_BODY_TIMEOUT("countersign.http.body-timeout", "PT10S", "How long a request may take to arrive."),
    HTTP_IDLE_TIMEOUT("countersign.http.idle-timeout", "PT60S", "How long a connection may stay silent."),
    HTTP_MAX_CONNECTIONS("countersign.http.max-connections", "1024", "Connections held open at once, on each port."),
    HTTP_MAX_CONNECTIONS_PER_ADDRESS(
            "countersign.http.max-connections-per-address",
            "256",
            "Of these, the most that one address (of IPv6, one /64 network) holds open; trusted proxies are held to the bound above alone."),
    HTTP_WORKERS(
            "countersign.http.workers", "16", "Requests of open faces worked on at once, and as many of private ones."),
    HTTP_QUEUE(
            "countersign.http.queue",
            "256",
            "Requests of open faces that may wait for a worker, and as many of private ones; more are answered 503."),
    DRAIN(
            "countersign.drain",
            "8",
            "Seconds that serve has to answer what it has taken in, once it is told to stop (0 to 300); --drain goes before it.");

    private final String key;
    private final String defaultText;
    private final String shownDefault;
    private final String description;
    private final String formerKey;

    Property(String key, String defaultText, String description) {
        this(key, defaultText, defaultText, description);
    }

    Property(String key, String defaultText, String shownDefault, String description) {
        this(key, defaultText, shownDefault, description, "");
    }

    Property(String key, String defaultText, String shownDefault, String description, String formerKey) {
        this.key = key;
        this.formerKey = formerKey;
        this.defaultText = defaultText;
        this.shownDefault = shownDefault;
        this.description = description;
    }

    public String key() {
        return key;
    }

    /** The environment variable, such as {@code COUNTERSIGN_CACHE_TTL}. */
    public String variable() {
        return variable(key);
    }

    /** The name that the setting had in earlier versions, which still works; empty when it had none. */
    public Optional<String> formerKey() {
        return formerKey.isEmpty() ? Optional.empty() : Optional.of(formerKey);
    }

    /** The former name in the environment. */
    public Optional<String> formerVariable() {
        return formerKey().map(Property::variable);
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    public String description() {
        return description;
    }

    /** The default for help texts. */
    public String shownDefault() {
        return shownDefault;
    }

    /** The default; empty if it depends on something else. */
    String defaultText() {
        return defaultText;
    }
}

package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
    /** Every parameter that selects an operation somewhere, those of operations that are not in the table among them. */
    private static final List<String> SUB_RESOURCES = Arrays.asList("""
            acl uploads location cors logging website referer lifecycle delete append tagging objectMeta uploadId partNumber position
            img style styleName replication replicationProgress replicationLocation cname bucketInfo comp qos live status vod symlink stat
            udf udfId udfName udfImage udfImageDesc udfApplication udfApplicationLog restore versions versioning encryption policy requestPayment
            qosInfo asyncFetch vpcip vip inventory inventoryId worm wormId wormExtend transferAcceleration metaQuery resourceGroup
            regionList bucketArchiveDirectRead httpsConfig publicAccessBlock policyStatus redundancyTransition accessPoint accessPointPolicy
            processConfiguration seal cloudboxes link group objectInfo qosRequester requesterQosInfo resourcePool resourcePoolInfo
            resourcePoolBuckets x-oss-async-process x-oss-dir x-oss-rename x-oss-delete x-oss-write-get-object-response
            x-oss-redundancy-transition-taskid x-oss-access-point-name rtc accessmonitor regions userDefinedLogFieldsConfig cleanRestoredObject
            objectWorm legalHold retention overwriteConfig responseHeader dataAccelerator
            accessPointForObjectProcess accessPointConfigForObjectProcess accessPointPolicyForObjectProcess
            """.strip().split("\\s+"));

    /** Taken by every operation, and no other operation's. */
    private static final List<String> MODIFIERS = List.of(
            "x-oss-traffic-limit=1",
            "x-oss-request-payer=requester",
            "x-oss-ac-source-ip=x",
            "x-oss-ac-subnet-mask=32",
            "x-oss-ac-vpc-id=x",
            "x-oss-ac-forward-allow=true",
            "x-oss-countersign-once=0",
            "security-token=t",
            "OSSAccessKeyId=i",
            "Expires=1",
            "Signature=s",
            "x-oss-signature=s",
            "x-oss-credential=c",
            "x-oss-access-key-id=i",
            "x-oss-date=d",
            "x-oss-expires=1",
            "x-oss-signature-version=OSS2",
            "x-oss-additional-headers=host",
            "x-oss-security-token=t");

    private static final List<String> LIST_PARAMETERS = List.of(
            "prefix=a",
            "delimiter=/",
            "marker=m",
            "max-keys=10",
            "list-type=2",
            "encoding-type=url",
            "fetch-owner=true",
            "start-after=a",
            "continuation-token=t",
            "key-marker=k",
            "upload-id-marker=u",
            "version-id-marker=v",
            "part-number-marker=1",
            "max-parts=5",
            "max-uploads=5");

    /** Names that OSS does not have: misspelled ones, ones of other stores, and none. */
    private static final List<String> UNKNOWN = List.of(
            "anything=else",
            "anything",
            "ACL",
            "Acl",
            "acl%20",
            "a%63l%00",
            "%2561cl",
            "UPLOADS",
            "Prefix=a",
            "versionid=v",
            "VersionId=v",
            "x-oss-anything",
            "X-Oss-Process=image/info",
            "=x",
            "=",
            "encryptions",
            "ownershipControls",
            "object-lock");

    static List<OperationRow> rows() {
        return OperationRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowIsItsOperation(OperationRow row) throws OssRefusal {
        assertThat(Operations.of(row.request())).contains(row.operation());
        assertThat(row.operation().action().orElse("-")).isEqualTo(row.action());
        assertThat(row.operation().aclClass()).isEqualTo(row.acl());
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyOperationHasARow(Operation operation) {
        assertThat(rows())
                .as("operations.txt has no request of %s; add a line with its right and its ACL class", operation)
                .anyMatch(row -> row.operation() == operation);
        assertThat(operation.apiName()).matches("[A-Z][A-Za-z]+");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void modifiersMakeNoOtherOperation(OperationRow row) throws OssRefusal {
        assertThat(Operations.of(row.requestWith(String.join("&", MODIFIERS)))).contains(row.operation());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anUnknownParameterMakesItNoneUnlessAnObjectIsRead(OperationRow row) throws OssRefusal {
        if (row.operation() == Operation.PREFLIGHT) {
            return;
        }
        for (String unknown : UNKNOWN) {
            OssRequest request = row.requestWith(unknown);
            if (isIgnored(row)) {
                assertThat(Operations.of(request)).contains(row.operation());
                assertThat(Operations.ofTaken(request)).contains(row.operation());
            } else {
                assertThat(Operations.of(request)).as(unknown).isEmpty();
                String name = request.query().list().getLast().name();
                assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(request))
                                .text())
                        .contains("\"" + name.replace("\0", "%00") + "\"", "leave it out");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void listParametersAreOfLists(OperationRow row) throws OssRefusal {
        if (row.operation() == Operation.PREFLIGHT || isIgnored(row)) {
            return;
        }
        boolean lists = row.operation().apiName().startsWith("List");
        for (String parameter : LIST_PARAMETERS) {
            if (parameter.startsWith("encoding-type") && !lists) {
                continue;
            }
            OssRequest request = row.requestWith(parameter);
            assertThat(Operations.of(request).isPresent()).as("%s", request).isEqualTo(lists || isOwn(row, parameter));
        }
    }

    /** Datasets have a prefix of their own. */
    private static boolean isOwn(OperationRow row, String parameter) {
        return row.operation() == Operation.DO_META_QUERY_ACTION && parameter.startsWith("prefix");
    }

    private static boolean isIgnored(OperationRow row) {
        return row.operation().level() == Operation.Level.OBJECT
                && (row.method() == HttpMethod.GET || row.method() == HttpMethod.HEAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /b12?prefix=a",
                "PUT /b12?max-keys=1",
                "GET /b12?acl&prefix=a",
                "POST /b12?delete&prefix=a",
                "DELETE /b12/k?callback=c",
                "GET /b12?response-content-type=a",
                "PUT /b12/k?acl&x-oss-process=image/info",
                "DELETE /b12/k?x-oss-process=image/info",
                "PUT /b12/k?rule-id=1",
                "GET /b12?metaQuery&mode=basic",
                "GET /?dataPipeline",
                "GET /?action=list",
                "POST /b12?metaQuery&comp=add&action=createDataset",
                "PUT /b12/k?versionId=v",
                "GET /b12/k?uploadId=U&versionId=v",
                "DELETE /b12?versionId=v"
            })
    void aParameterOfAnotherOperationIsRefusedByName(String text) throws OssRefusal {
        String[] parts = text.split(" ");
        OssRequest request = ParsedRequests.request(parts[0], parts[1]);
        assertThat(Operations.of(request)).isEmpty();
        assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(request))
                        .text())
                .contains("does not accept the parameter \"", "leave it out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /b12?prefix=a&prefix=b",
                "GET /b12/k?versionId=1&versionId=2",
                "PUT /b12/k?callback=a&callback=b"
            })
    void refusesARepeatedParameter(String text) throws OssRefusal {
        String[] parts = text.split(" ");
        OssRequest request = ParsedRequests.request(parts[0], parts[1]);
        assertThat(Operations.of(request)).isEmpty();
        assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(request))
                        .text())
                .contains("is duplicated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /b12/k?versionId", "DELETE /b12/k?versionId=", "PUT /b12/k?acl&versionId="})
    void aVersionHasAName(String text) throws OssRefusal {
        String[] parts = text.split(" ");
        OssRequest request = ParsedRequests.request(parts[0], parts[1]);
        assertThat(Operations.of(request)).isEmpty();
        assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(request))
                        .text())
                .contains("versionId has no value");
    }

    @Test
    void aNameIsRepeatedInPlainAsciiAndCut() throws OssRefusal {
        OssRequest request = ParsedRequests.request("GET", "/b12?%22%3Cb%3E%0A%E6%97%A5&" + "a".repeat(5000));
        assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(request))
                        .text())
                .contains("\"%22%3Cb%3E%0A%E6%97%A5\"");
        OssRequest blank = ParsedRequests.request("GET", "/b12?policy%20");
        assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(blank))
                        .text())
                .contains("The parameter \"policy \" is");
        OssRequest longer = ParsedRequests.request("GET", "/b12?" + "a".repeat(5000));
        assertThat(refused(OssError.INVALID_ARGUMENT, () -> Operations.ofTaken(longer))
                        .text())
                .contains("a...\"")
                .hasSizeLessThan(250);
    }

    @Test
    void namesTheSubResourcesOfAnUnknownOperation() throws OssRefusal {
        assertThat(Operations.none(ParsedRequests.request("GET", "/b12?acl&tagging"))
                        .text())
                .contains("GET with \"acl\" and \"tagging\"");
        assertThat(Operations.none(ParsedRequests.request("POST", "/b12")).text())
                .contains("POST without a sub-resource");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /", "POST /?dataPipeline", "POST /?action=list", "POST /b12?metaQuery"})
    void anActionThatIsNotNamedIsNone(String text) throws OssRefusal {
        String[] parts = text.split(" ");
        assertThat(Operations.of(ParsedRequests.request(parts[0], parts[1]))).isEmpty();
    }

    @Test
    void noSelectorIsMissingHere() {
        List<String> expected = new ArrayList<>(SUB_RESOURCES);
        // By its value, and only in a POST.
        expected.add("x-oss-process");
        assertThat(Parameters.names().stream().filter(Parameters::selects))
                .as(
                        "the parameters that select an operation; add a new one to SUB_RESOURCES, so that it meets all others")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSecondSubResourceMakesItNone(OperationRow row) throws OssRefusal {
        Map<String, Operation> known = known();
        for (String more : SUB_RESOURCES) {
            Optional<Operation> found = Operations.of(row.requestWith(more));
            if (row.operation() != Operation.PREFLIGHT && found.isPresent()) {
                assertThat(found).contains(known.get(shape(row.requestWith(more))));
            }
        }
    }

    @Test
    void noSubResourceIsOverlooked() throws OssRefusal {
        Map<String, Operation> known = known();
        for (String target : List.of("/", "/b12", "/b12/k")) {
            for (HttpMethod method :
                    Set.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST, HttpMethod.HEAD, HttpMethod.DELETE)) {
                for (String name : SUB_RESOURCES) {
                    OssRequest request = ParsedRequests.request(method.name(), target + "?" + name);
                    assertThat(Operations.of(request))
                            .as("%s %s?%s", method, target, name)
                            .isEqualTo(Optional.ofNullable(known.get(shape(request))));
                }
            }
        }
    }

    @Test
    void noPairOfSubResourcesIsTreatedAsOne() throws OssRefusal {
        Map<String, Operation> known = known();
        for (String target : List.of("/b12", "/b12/k")) {
            for (String one : SUB_RESOURCES) {
                for (String other : SUB_RESOURCES) {
                    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST)) {
                        OssRequest request = ParsedRequests.request(method.name(), target + "?" + one + "&" + other);
                        Optional<Operation> expected =
                                one.equals(other) ? Optional.empty() : Optional.ofNullable(known.get(shape(request)));
                        assertThat(Operations.of(request)).as("%s", request).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acl&acl", "acl=&acl=x", "acl&tagging", "uploadId=1&uploadId=2", "comp=add", "live&comp=other"})
    void doubledAndLonelyOnesAreRefused(String query) throws OssRefusal {
        assertThat(Operations.of(ParsedRequests.request("GET", "/b12/k?" + query)))
                .isEmpty();
    }

    @Test
    void escapedNamesAreSeen() throws OssRefusal {
        assertThat(Operations.of(ParsedRequests.request("GET", "/b12/k?%61cl"))).contains(Operation.GET_OBJECT_ACL);
    }

    @Test
    void allowsACopySourceOnlyInAPutOfAnObjectOrPart() throws OssRefusal {
        Headers copy = Headers.NONE.and("x-oss-copy-source", "/srcbucket/k");
        for (String target : List.of("/b12", "/b12/k?acl", "/b12/k?symlink", "/b12/k?partNumber=1")) {
            assertThat(Operations.of(ParsedRequests.request("PUT", target, copy)))
                    .as(target)
                    .isEmpty();
        }
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12/k?append&position=0", copy)))
                .isEmpty();
    }

    @Test
    void aFormIsPostedToABucket() throws OssRefusal {
        Headers form = Headers.NONE.and("Content-Type", " Multipart/Form-Data; boundary=x");
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12", form))).contains(Operation.POST_OBJECT);
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12"))).isEmpty();
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12?delete", form)))
                .isEmpty();
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12/k", form)))
                .isEmpty();
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12/k?uploads", form)))
                .contains(Operation.INITIATE_MULTIPART_UPLOAD);
    }

    @Test
    void aProcessIsAnOperationOfItsOwnForPostOnly() throws OssRefusal {
        assertThat(Operations.of(ParsedRequests.request("GET", "/b12/k?x-oss-process=image/info")))
                .contains(Operation.GET_OBJECT);
        assertThat(Operations.of(ParsedRequests.request("PUT", "/b12/k?x-oss-process=image/x")))
                .contains(Operation.PUT_OBJECT);
        assertThat(Operations.of(ParsedRequests.request("POST", "/b12/k?x-oss-process")))
                .contains(Operation.PROCESS_OBJECT);
        for (String method : List.of("GET", "PUT", "POST")) {
            String twice = "/b12/k?x-oss-process=csv/select&x-oss-process=image/x";
            assertThat(Operations.of(ParsedRequests.request(method, twice))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aVersionBelongsToOperationsThatKnowVersions(OperationRow row) throws OssRefusal {
        Set<Operation> ofVersions = Set.of(
                Operation.GET_OBJECT,
                Operation.HEAD_OBJECT,
                Operation.GET_OBJECT_META,
                Operation.DELETE_OBJECT,
                Operation.GET_OBJECT_ACL,
                Operation.PUT_OBJECT_ACL,
                Operation.GET_OBJECT_TAGGING,
                Operation.PUT_OBJECT_TAGGING,
                Operation.DELETE_OBJECT_TAGGING,
                Operation.GET_SYMLINK,
                Operation.RESTORE_OBJECT,
                Operation.CLEAN_RESTORED_OBJECT,
                Operation.GET_OBJECT_RETENTION,
                Operation.PUT_OBJECT_RETENTION,
                Operation.GET_OBJECT_LEGAL_HOLD,
                Operation.PUT_OBJECT_LEGAL_HOLD,
                Operation.PREFLIGHT);
        assertThat(Operations.of(row.requestWith("versionId=v")).isPresent())
                .isEqualTo(ofVersions.contains(row.operation()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/b12", "/b12?cors", "/b12/k", "/b12/k?acl&tagging"})
    void aPreflightIsOneWhereverItGoes(String target) throws OssRefusal {
        assertThat(Operations.of(ParsedRequests.request("OPTIONS", target))).contains(Operation.PREFLIGHT);
    }

    private static Map<String, Operation> known() throws OssRefusal {
        Map<String, Operation> known = new HashMap<>();
        for (OperationRow row : rows()) {
            known.put(shape(row.request()), row.operation());
        }
        return known;
    }

    /** Verb, level and the names of the query in order, values only where they count. */
    private static String shape(OssRequest request) {
        Set<String> names = request.query().list().stream()
                .map(p -> p.name().equals("comp") || p.name().equals("x-oss-process")
                        ? p.name() + "=" + p.value()
                        : p.name())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> headers = new HashSet<>();
        request.headers().fields().forEach(field -> headers.add(field.name()));
        headers.remove("host");
        if (Operation.Level.of(request.target()) == Operation.Level.SERVICE) {
            // The filters of ListBuckets.
            names.remove("tagging");
        }
        return request.method() + " " + Operation.Level.of(request.target()) + " " + new ArrayList<>(names) + headers;
    }
}

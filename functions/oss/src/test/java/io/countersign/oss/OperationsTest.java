package io.countersign.oss;

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
    /** Every sub-resource that a V1 signature covers (protocol.md 1.3), and the few newer ones. */
    private static final List<String> SUB_RESOURCES = Arrays.asList("""
            acl uploads location cors logging website referer lifecycle delete append tagging objectMeta uploadId partNumber position
            img style styleName replication replicationProgress replicationLocation cname bucketInfo comp qos live status vod symlink stat
            udf udfName udfImage udfImageDesc udfApplication udfApplicationLog restore versions versioning encryption policy requestPayment
            qosInfo asyncFetch vpcip vip inventory inventoryId worm wormId wormExtend transferAcceleration metaQuery resourceGroup
            regionList bucketArchiveDirectRead httpsConfig publicAccessBlock policyStatus redundancyTransition accessPoint accessPointPolicy
            processConfiguration seal cloudboxes link group objectInfo qosRequester requesterQosInfo resourcePool resourcePoolInfo
            resourcePoolBuckets x-oss-async-process x-oss-dir x-oss-rename x-oss-delete x-oss-write-get-object-response
            x-oss-redundancy-transition-taskid x-oss-access-point-name rtc accessmonitor regions userDefinedLogFieldsConfig cleanRestoredObject
            """.strip().split("\\s+"));

    /** Parameters of every kind that make no other operation. */
    private static final List<String> MODIFIERS = List.of(
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
            "max-uploads=5",
            "response-content-type=x",
            "response-expires=x",
            "response-cache-control=x",
            "response-content-language=x",
            "response-content-encoding=x",
            "response-content-disposition=x",
            "callback=x",
            "callback-var=x",
            "sequential",
            "security-token=t",
            "startTime=1",
            "endTime=2",
            "x-oss-traffic-limit=1",
            "x-oss-request-payer=requester",
            "x-oss-ac-source-ip=x",
            "x-oss-ac-subnet-mask=32",
            "x-oss-ac-vpc-id=x",
            "x-oss-ac-forward-allow=true",
            "x-oss-target-redundancy-type=ZRS",
            "OSSAccessKeyId=i",
            "Expires=1",
            "Signature=s",
            "x-oss-signature=s",
            "x-oss-credential=c",
            "x-oss-date=d",
            "x-oss-expires=1",
            "x-oss-signature-version=OSS2",
            "x-oss-additional-headers=host",
            "x-oss-security-token=t",
            "anything=else",
            "ACL");

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
        assertThat(rows()).anyMatch(row -> row.operation() == operation);
        assertThat(operation.apiName()).matches("[A-Z][A-Za-z]+");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void modifiersMakeNoOtherOperation(OperationRow row) throws OssRefusal {
        assertThat(Operations.of(row.requestWith(String.join("&", MODIFIERS)))).contains(row.operation());
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
                    OssRequest request = Requests.request(method.name(), target + "?" + name);
                    assertThat(Operations.of(request))
                            .as("%s %s?%s", method, target, name)
                            .isEqualTo(Optional.ofNullable(known.get(shape(request))));
                }
            }
        }
    }

    @Test
    void noPairOfSubResourcesIsTakenForOne() throws OssRefusal {
        Map<String, Operation> known = known();
        for (String target : List.of("/b12", "/b12/k")) {
            for (String one : SUB_RESOURCES) {
                for (String other : SUB_RESOURCES) {
                    for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST)) {
                        OssRequest request = Requests.request(method.name(), target + "?" + one + "&" + other);
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
        assertThat(Operations.of(Requests.request("GET", "/b12/k?" + query))).isEmpty();
    }

    @Test
    void escapedNamesAreSeen() throws OssRefusal {
        assertThat(Operations.of(Requests.request("GET", "/b12/k?%61cl"))).contains(Operation.GET_OBJECT_ACL);
    }

    @Test
    void aCopySourceBelongsToPutOfAnObjectOrPartAlone() throws OssRefusal {
        Headers copy = Headers.NONE.and("x-oss-copy-source", "/srcbucket/k");
        for (String target : List.of("/b12", "/b12/k?acl", "/b12/k?symlink", "/b12/k?partNumber=1")) {
            assertThat(Operations.of(Requests.request("PUT", target, copy)))
                    .as(target)
                    .isEmpty();
        }
        assertThat(Operations.of(Requests.request("POST", "/b12/k?append&position=0", copy)))
                .isEmpty();
    }

    @Test
    void aFormIsPostedToABucket() throws OssRefusal {
        Headers form = Headers.NONE.and("Content-Type", " Multipart/Form-Data; boundary=x");
        assertThat(Operations.of(Requests.request("POST", "/b12", form))).contains(Operation.POST_OBJECT);
        assertThat(Operations.of(Requests.request("POST", "/b12"))).isEmpty();
        assertThat(Operations.of(Requests.request("POST", "/b12?delete", form))).isEmpty();
        assertThat(Operations.of(Requests.request("POST", "/b12/k", form))).isEmpty();
        assertThat(Operations.of(Requests.request("POST", "/b12/k?uploads", form)))
                .contains(Operation.INITIATE_MULTIPART_UPLOAD);
    }

    @Test
    void aProcessIsAnOperationOfItsOwnForPostOnly() throws OssRefusal {
        assertThat(Operations.of(Requests.request("GET", "/b12/k?x-oss-process=image/info")))
                .contains(Operation.GET_OBJECT);
        assertThat(Operations.of(Requests.request("PUT", "/b12/k?x-oss-process=image/x")))
                .contains(Operation.PUT_OBJECT);
        assertThat(Operations.of(Requests.request("POST", "/b12/k?x-oss-process")))
                .contains(Operation.PROCESS_OBJECT);
        assertThat(Operations.of(Requests.request("POST", "/b12/k?x-oss-process=csv/select&x-oss-process=image/x")))
                .isEmpty();
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
                Operation.PREFLIGHT);
        assertThat(Operations.of(row.requestWith("versionId=v")).isPresent())
                .isEqualTo(ofVersions.contains(row.operation()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/b12", "/b12?cors", "/b12/k", "/b12/k?acl&tagging"})
    void aPreflightIsOneWhereverItGoes(String target) throws OssRefusal {
        assertThat(Operations.of(Requests.request("OPTIONS", target))).contains(Operation.PREFLIGHT);
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
        return request.method() + " " + Level.of(request.target()) + " " + new ArrayList<>(names) + headers;
    }
}

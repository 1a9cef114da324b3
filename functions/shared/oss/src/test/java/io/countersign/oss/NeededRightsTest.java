package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeededRightsTest {
    private static final Target OBJECT = Target.object("b12", "k");

    private static List<Right> rights(String method, String target, Headers headers) throws OssRefusal {
        OssRequest request = ParsedRequests.request(method, target, headers);
        return Operations.rights(Operations.of(request).orElseThrow(), request, Body.UNKNOWN);
    }

    private static List<Right> deletes(List<String> keys) throws OssRefusal {
        return Operations.rights(
                Operation.DELETE_MULTIPLE_OBJECTS,
                ParsedRequests.request("POST", "/b12?delete"),
                new Body(keys.stream().map(Body.DeletedObject::of).toList(), Optional.empty()));
    }

    static List<OperationRow> rows() {
        return OperationRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theOperationsOwnRightComesFirst(OperationRow row) throws OssRefusal {
        OssRequest request = row.operation() == Operation.PUT_SYMLINK
                ? ParsedRequests.request("PUT", row.target(), Headers.NONE.and("x-oss-symlink-target", "t"))
                : row.request();
        List<Right> rights = Operations.rights(row.operation(), request, Body.UNKNOWN);
        if (row.operation() == Operation.PREFLIGHT) {
            assertThat(rights).isEmpty();
        } else {
            assertThat(rights.getFirst().action()).isEqualTo(row.action());
            assertThat(rights.getFirst().scope()).isIn(request.target(), new Scope.ObjectPrefix("b12", ""));
        }
    }

    @Test
    void listBucketsIsARightOnTheService() throws OssRefusal {
        assertThat(rights("GET", "/", Headers.NONE)).containsExactly(new Right("oss:ListBuckets", Target.service()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/b12/k,oss:GetObjectVersion",
        "HEAD,/b12/k,oss:GetObjectVersion",
        "HEAD,/b12/k?objectMeta,oss:GetObjectVersion",
        "DELETE,/b12/k,oss:DeleteObjectVersion",
        "GET,/b12/k?acl,oss:GetObjectVersionAcl",
        "PUT,/b12/k?acl,oss:PutObjectVersionAcl",
        "GET,/b12/k?tagging,oss:GetObjectVersionTagging",
        "PUT,/b12/k?tagging,oss:PutObjectVersionTagging",
        "DELETE,/b12/k?tagging,oss:DeleteObjectVersionTagging",
        "POST,/b12/k?restore,oss:RestoreObjectVersion",
        "POST,/b12/k?cleanRestoredObject,oss:CleanRestoredObjectVersion",
        "PUT,/b12/k?retention,oss:PutObjectRetention",
        "GET,/b12/k?legalHold,oss:GetObjectLegalHold",
        "GET,/b12/k?symlink,oss:GetObjectVersion",
    })
    void aVersionHasActionsOfItsOwn(String method, String target, String action) throws OssRefusal {
        String versioned = target + (target.contains("?") ? "&" : "?") + "versionId=CAE";
        Right right = new Right(action, OBJECT);
        assertThat(rights(method, versioned, Headers.NONE)).containsExactly(right);
        assertThat(right.plain())
                .isEqualTo(
                        action.contains("Version")
                                ? Optional.of(
                                        rights(method, target, Headers.NONE).getFirst())
                                : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/b12/k", "/b12/k?partNumber=1&uploadId=U"})
    void aCopyNeedsItsSource(String target) throws OssRefusal {
        assertThat(rights("PUT", target, Headers.NONE.and("x-oss-copy-source", "/srcbucket/a%20b")))
                .containsExactly(
                        new Right("oss:PutObject", OBJECT),
                        new Right("oss:GetObject", Target.object("srcbucket", "a b")));
        assertThat(rights("PUT", target, Headers.NONE.and("X-Oss-Copy-Source", " /srcbucket/a?versionId=v ")))
                .containsExactly(
                        new Right("oss:PutObject", OBJECT),
                        new Right("oss:GetObjectVersion", Target.object("srcbucket", "a")));
    }

    @Test
    void aCopySourceThatCannotBeReadIsRefused() {
        refused(
                OssError.INVALID_ARGUMENT,
                () -> rights("PUT", "/b12/k", Headers.NONE.and("x-oss-copy-source", "srcbucket/k")));
        Headers twice = Headers.NONE.and("x-oss-copy-source", "/abc/k").and("x-oss-copy-source", "/abd/k");
        refused(OssError.INVALID_ARGUMENT, () -> rights("PUT", "/b12/k", twice));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/b12/k",
        "POST,/b12/k?append&position=0",
        "POST,/b12/k?uploads",
        "POST,/b12/k?uploadId=U",
    })
    void aclAndTaggingHeadersNeedTheirOwnRights(String method, String target) throws OssRefusal {
        Headers headers = Headers.NONE.and("x-oss-object-acl", "public-read").and("x-oss-tagging", "a=1");
        assertThat(rights(method, target, headers))
                .containsExactly(
                        new Right("oss:PutObject", OBJECT),
                        new Right("oss:PutObjectAcl", OBJECT),
                        new Right("oss:PutObjectTagging", OBJECT));
    }

    @Test
    void theHeaderOfPutObjectAclIsItsOwnRight() throws OssRefusal {
        assertThat(rights("PUT", "/b12/k?acl", Headers.NONE.and("x-oss-object-acl", "private")))
                .containsExactly(new Right("oss:PutObjectAcl", OBJECT));
    }

    @Test
    void aBucketMadeWithAnAclNeedsBoth() throws OssRefusal {
        assertThat(rights("PUT", "/b12", Headers.NONE.and("x-oss-acl", "public-read")))
                .containsExactly(
                        new Right("oss:PutBucket", Target.bucket("b12")),
                        new Right("oss:PutBucketAcl", Target.bucket("b12")));
    }

    @Test
    void aSymlinkNeedsItsTarget() throws OssRefusal {
        assertThat(rights("PUT", "/b12/k?symlink", Headers.NONE.and("x-oss-symlink-target", "a%2Fb")))
                .containsExactly(
                        new Right("oss:PutObject", OBJECT), new Right("oss:GetObject", Target.object("b12", "a/b")));
        assertThat(rights("PUT", "/b12/k?symlink", Headers.NONE.and("x-oss-symlink-target", "a+b%2Bc")))
                .contains(new Right("oss:GetObject", Target.object("b12", "a b+c")));
        refused(OssError.INVALID_ARGUMENT, () -> rights("PUT", "/b12/k?symlink", Headers.NONE));
        refused(
                OssError.INVALID_OBJECT_NAME,
                () -> rights("PUT", "/b12/k?symlink", Headers.NONE.and("x-oss-symlink-target", "")));
    }

    @Test
    void aProcessThatSavesNeedsTheObjectItSavesTo() throws OssRefusal {
        String process = "x-oss-process=image/resize,w_1%7Csys/saveas,o_YQ,b_b3RoZXI";
        Right save = new Right("oss:PutObject", Target.object("other", "a"));
        assertThat(rights("POST", "/b12/k?" + process, Headers.NONE))
                .containsExactly(new Right("oss:PostProcessTask", OBJECT), new Right("oss:GetObject", OBJECT), save);
        assertThat(rights("GET", "/b12/k?" + process, Headers.NONE))
                .containsExactly(new Right("oss:GetObject", OBJECT), save);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-process=image/resize,w_1", "x-oss-async-process=video/convert"})
    void aProcessWhoseResultGoesNowhereKnownIsRefused(String query) {
        refused(OssError.INVALID_ARGUMENT, () -> rights("POST", "/b12/k?" + query, Headers.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-oss-process", "x-oss-process=", "x-oss-async-process"})
    void aProcessInTheBodyMaySaveAnywhereInTheAccountUnlessItIsGiven(String query) throws OssRefusal {
        assertThat(rights("POST", "/b12/k?" + query, Headers.NONE))
                .containsExactly(
                        new Right("oss:PostProcessTask", OBJECT),
                        new Right("oss:GetObject", OBJECT),
                        new Right("oss:PutObject", new Scope.AccountObjects("b12")),
                        Right.possible("oss:GetObject", new Scope.ObjectPrefix("b12", "")),
                        Right.possible("oss:ProcessImm", OBJECT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "x-oss-process image/resize,w_1|sys/saveas,o_YQ,b_b3RoZXI",
                "x-oss-process x-oss-process=image/resize,w_1|sys/saveas,o_YQ,b_b3RoZXI",
                "x-oss-async-process x-oss-async-process=video/convert,f_mp4|sys/saveas,o_YQ==,b_b3RoZXI=|sys/notify,topic_x"
            })
    void aProcessThatIsToldNeedsWhatItSays(String parameter, String text) throws OssRefusal {
        List<Right> rights = new ArrayList<>(List.of(
                new Right("oss:PostProcessTask", OBJECT),
                new Right("oss:GetObject", OBJECT),
                new Right("oss:PutObject", Target.object("other", "a"))));
        if (parameter.contains("async")) {
            rights.add(Right.possible("oss:ProcessImm", OBJECT));
        }
        assertThat(process(parameter, text)).isEqualTo(rights);
    }

    @Test
    void aKeyWithVariablesIsEveryKeyThatBeginsLikeIt() throws OssRefusal {
        // dir/{index}.jpg
        assertThat(process("x-oss-async-process", "video/snapshots|sys/saveas,o_ZGlyL3tpbmRleH0uanBn"))
                .contains(new Right("oss:PutObject", new Scope.ObjectPrefix("b12", "dir/")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-oss-process=",
                "image/resize,w_1",
                "image/resize,w_1|sys/saveAs,o_YQ",
                "image/resize,w_1|sys/other,o_YQ",
                "image/resize,w_1%7Csys/saveas,o_YQ",
                "image/resize,w_1|sys/saveas,o_YQ&x-oss-process=image/info|sys/saveas,o_Yg",
                "image/resize,w_1|sys/saveas,o_YQ\n",
                "image/resize, w_1|sys/saveas,o_YQ",
                "image/resize+w_1|sys/saveas,o_YQ",
                "image/\u00e4|sys/saveas,o_YQ",
                "x-oss-async-process=image/info|sys/saveas,o_YQ"
            })
    void aProcessThatIsNotPlainIsRefused(String text) {
        refused(OssError.INVALID_ARGUMENT, () -> process("x-oss-process", text));
    }

    @Test
    void aProcessIsBounded() throws OssRefusal {
        String save = "|sys/saveas,o_YQ";
        assertThat(process("x-oss-process", "image/info" + save.repeat(10))).hasSize(12);
        refused(OssError.INVALID_ARGUMENT, () -> process("x-oss-process", "image/info" + save.repeat(11)));
        String longest = "a".repeat(PostedProcess.MAX_LENGTH - save.length());
        assertThat(process("x-oss-process", longest + save)).hasSize(4);
        refused(OssError.INVALID_ARGUMENT, () -> process("x-oss-process", longest + "a" + save));
        refused(OssError.INVALID_BUCKET_NAME, () -> process("x-oss-process", "image/info|sys/saveas,o_YQ,b_Li4"));
    }

    @Test
    void refusesAProcessInTwoPlaces() {
        Body told = new Body(List.of(), Optional.of("image/info|sys/saveas,o_YQ"));
        refused(OssError.INVALID_ARGUMENT, () -> {
            OssRequest request = ParsedRequests.request("POST", "/b12/k?x-oss-process=image/info%7Csys/saveas,o_YQ");
            Operations.rights(Operation.PROCESS_OBJECT, request, told);
        });
    }

    private static List<Right> process(String parameter, String text) throws OssRefusal {
        OssRequest request = ParsedRequests.request("POST", "/b12/k?" + parameter);
        Body body = new Body(List.of(), Optional.of(text));
        return Operations.rights(Operations.of(request).orElseThrow(), request, body);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "'',true", "TRUE,true", "anything,true", "false,false", "' false ',false"})
    void undoingARetentionNeedsItsOwnRight(String value, boolean needs) throws OssRefusal {
        Headers headers = Headers.NONE.and("X-Oss-Bypass-Governance-Retention", value);
        for (String request : List.of("PUT /b12/k?retention", "DELETE /b12/k?versionId=v", "POST /b12?delete")) {
            String[] parts = request.split(" ");
            assertThat(rights(parts[0], parts[1], headers).stream()
                            .anyMatch(right -> right.action().equals("oss:BypassGovernanceRetention")))
                    .as(request)
                    .isEqualTo(needs);
        }
    }

    @Test
    void everyKeyToDeleteNeedsItsRight() throws OssRefusal {
        assertThat(deletes(List.of("a", "b//c")))
                .containsExactly(
                        new Right("oss:DeleteObject", Target.object("b12", "a")),
                        new Right("oss:DeleteObject", Target.object("b12", "b//c")));
    }

    @Test
    void aVersionToDeleteNeedsTheRightOnVersions() throws OssRefusal {
        Body told = new Body(
                List.of(Body.DeletedObject.of("a"), new Body.DeletedObject("a", Optional.of("null"))),
                Optional.empty());
        OssRequest request = ParsedRequests.request("POST", "/b12?delete");
        assertThat(Operations.rights(Operation.DELETE_MULTIPLE_OBJECTS, request, told))
                .containsExactly(
                        new Right("oss:DeleteObject", Target.object("b12", "a")),
                        new Right("oss:DeleteObjectVersion", Target.object("b12", "a")));
    }

    @ParameterizedTest
    @CsvSource({
        "image/resize%2Cw_100, false",
        "image/auto-orient%2C1/resize%2Cw_1/quality%2CQ_90%7Cimage/format%2Cpng, false",
        "style/small, false",
        "video/snapshot%2Ct_1000%2Cf_jpg, false",
        "image/faces, true",
        "image/resize%2Cw_1/blindwatermark%2Ccontent_YQ, true",
        "doc/preview%2Cexport_1, true",
        "video/info, true",
        "resize, true",
        "image, true"
    })
    void requiresTheImmRightForAnImmProcess(String process, boolean needs) throws OssRefusal {
        assertThat(rights("GET", "/b12/k?x-oss-process=" + process, Headers.NONE)
                        .contains(Right.possible("oss:ProcessImm", Target.object("b12", "k"))))
                .isEqualTo(needs);
    }

    @Test
    void requiresTheImmRightForAnAsynchronousProcess() throws OssRefusal {
        Right imm = Right.possible("oss:ProcessImm", Target.object("b12", "k"));
        assertThat(process("x-oss-async-process", "image/info|sys/saveas,o_YQ")).contains(imm);
        assertThat(process("x-oss-process", "image/info|sys/saveas,o_YQ")).doesNotContain(imm);
        assertThat(rights("POST", "/b12/k?x-oss-async-process", Headers.NONE)).contains(imm);
        assertThat(rights("POST", "/b12/k?x-oss-process", Headers.NONE))
                .contains(
                        Right.possible("oss:ProcessImm", Target.object("b12", "k")),
                        Right.possible("oss:GetObject", new Scope.ObjectPrefix("b12", "")));
    }

    @Test
    void objectsThatAProcessBringsInAreReadToo() throws OssRefusal {
        Right secret = new Right("oss:GetObject", Target.object("b12", "secret/a"));
        for (String step : List.of(
                "image/resize,w_1/watermark,image_c2VjcmV0L2E,g_se",
                // secret/a?x-oss-process=image/resize,P_30
                "image/watermark,image_c2VjcmV0L2E_eC1vc3MtcHJvY2Vzcz1pbWFnZS9yZXNpemUsUF8zMA==",
                "video/concat,pre_c2VjcmV0L2E",
                "video/concat,f_mp4/pre,o_c2VjcmV0L2E/sur,o_c2VjcmV0L2E")) {
            assertThat(process("x-oss-process", step + "|sys/saveas,o_YQ"))
                    .as(step)
                    .contains(secret);
        }
        assertThat(rights("GET", "/b12/k?x-oss-process=image/watermark,image_c2VjcmV0L2E", Headers.NONE))
                .contains(secret);
        refused(OssError.INVALID_ARGUMENT, () -> process("x-oss-process", "image/watermark,image_*|sys/saveas,o_YQ"));
    }

    @Test
    void unknownKeysToDeleteMeanTheWholeBucket() throws OssRefusal {
        Scope all = new Scope.ObjectPrefix("b12", "");
        assertThat(deletes(List.of()))
                .containsExactly(new Right("oss:DeleteObject", all), Right.possible("oss:DeleteObjectVersion", all));
    }

    @Test
    void keysToDeleteAreBoundedAndValid() throws OssRefusal {
        assertThat(deletes(Collections.nCopies(1_000, "k"))).hasSize(1_000);
        refused(OssError.INVALID_ARGUMENT, () -> deletes(Collections.nCopies(1_001, "k")));
        refused(OssError.INVALID_OBJECT_NAME, () -> deletes(List.of("a", "")));
    }

    @Test
    void aFormNeedsTheWholeBucketUntilItsKeyIsKnown() throws OssRefusal {
        assertThat(rights("POST", "/b12", Headers.NONE.and("content-type", "multipart/form-data; boundary=x")))
                .containsExactly(new Right("oss:PutObject", new Scope.ObjectPrefix("b12", "")));
    }
}

package io.countersign.identity.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.HttpMethod;
import io.countersign.oss.Operation;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.Right;
import io.countersign.oss.Target;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTableTest {
    private static final SigningTable TABLE = new SigningTable(SigningOptions.DEFAULT);
    private static final SigningTable OPEN =
            new SigningTable(new SigningOptions(true, true, SigningOptions.DEFAULT.processes()));

    private static void isRefused(SigningTable table, OssRequest request, SigningRefusal.Code error) {
        assertThatThrownBy(() -> table.admit(request))
                .isInstanceOfSatisfying(
                        SigningRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(error));
    }

    private static void isNotSignable(OssRequest request) {
        isRefused(TABLE, request, SigningRefusal.Code.NOT_SIGNABLE);
    }

    private static Right right(String action, String key) {
        return new Right(action, Target.object("examplebucket", key));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,'',GET_OBJECT",
        "HEAD,'',HEAD_OBJECT",
        "PUT,'',PUT_OBJECT",
        "DELETE,'',DELETE_OBJECT",
        "POST,uploads,INITIATE_MULTIPART_UPLOAD",
        "PUT,partNumber=1&uploadId=U,UPLOAD_PART",
        "POST,uploadId=U,COMPLETE_MULTIPART_UPLOAD",
        "DELETE,uploadId=U,ABORT_MULTIPART_UPLOAD",
        "GET,uploadId=U,LIST_PARTS",
        "POST,append&position=0,APPEND_OBJECT",
        "GET,response-content-type=text/plain&response-expires=0&response-cache-control=no-store,GET_OBJECT",
        "GET,response-content-disposition=a&response-content-encoding=b&response-content-language=c,GET_OBJECT",
        "GET,'x-oss-process=image/resize,w_100/rotate,90',GET_OBJECT",
        "GET,x-oss-process=style/thumb,GET_OBJECT",
        "GET,'x-oss-process=video/snapshot,t_1000,f_jpg',GET_OBJECT"
    })
    void admitsAListedRequestWithItsOperation(HttpMethod method, String query, Operation operation)
            throws SigningRefusal {
        SignableRequest admitted = TABLE.admit(OssRequests.request(method, Target.object("examplebucket", "k"), query));
        assertThat(admitted.operation()).isEqualTo(operation);
        assertThat(admitted.rights()).isNotEmpty();
        assertThat(admitted.buckets()).containsExactly("examplebucket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acl",
                "tagging",
                "policy",
                "lifecycle",
                "restore",
                "versionId=1",
                "objectMeta",
                "torrent",
                "x-oss-async-process=image/resize,w_1",
                "x-oss-traffic-limit=819200",
                "img",
                "x-oss-ac-source-ip=1.2.3.4",
                "x-oss-countersign-once=0123456789abcdef0123456789abcdef",
                "x-oss-request-payer=requester",
                "x-oss-meta-a=b",
                "prefix=a",
                "live",
                "response-",
                "response-date=x",
                "Response-Content-Type=a",
                "Uploads",
                "max-parts=3"
            })
    void aParameterThatIsNotListedIsRefused(String query) {
        isRefused(TABLE, OssRequests.get("k", query), SigningRefusal.Code.SUB_RESOURCE_NOT_SIGNABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OSSAccessKeyId",
                "Signature",
                "Expires",
                "security-token",
                "x-oss-security-token",
                "x-oss-signature",
                "x-oss-signature-version",
                "x-oss-credential",
                "x-oss-date",
                "x-oss-expires",
                "x-oss-additional-headers",
                "x-oss-access-key-id",
                "signature",
                "EXPIRES",
                "X-OSS-SIGNATURE"
            })
    void aParameterOfASignatureIsRefusedAsSuch(String name) {
        assertThatThrownBy(() -> TABLE.admit(OssRequests.get("k", name + "=1")))
                .hasMessageStartingWith(
                        name.endsWith("security-token") ? "SecurityTokenNotSignable" : "SubResourceNotSignable")
                .hasMessageContaining("belongs to the signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploads&uploads", "uploadId=a&uploadId=b", "response-expires=1&response-expires=2"})
    void aParameterMayOccurOnce(String query) {
        isRefused(TABLE, OssRequests.post("k", query), SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "position=0", "partNumber=1", "uploads&uploadId=1", "append&position=0&uploads"})
    void parametersThatMakeNoOperationTogetherAreRefused(String query) {
        isNotSignable(OssRequests.post("k", query));
    }

    @Test
    void controlCharactersInAValueAreRefused() {
        isRefused(
                TABLE,
                OssRequests.get("k", "response-content-disposition=a%0D%0ASet-Cookie:x"),
                SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-meta-author: alice",
                "x-oss-meta-a_b-1: x",
                "Content-Type: image/png",
                "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==",
                "Content-Length: 10",
                "Content-Disposition: attachment",
                "Content-Encoding: gzip",
                "Content-Language: en",
                "Cache-Control: no-store",
                "Expires: 0"
            })
    void aHeaderThatIsListedNeedsNoFurtherRight(String header) throws SigningRefusal {
        assertThat(TABLE.admit(OssRequests.put("k", "", header)).rights()).containsExactly(right("oss:PutObject", "k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Authorization: OSS a:b",
                "Date: x",
                "x-oss-date: x",
                "x-oss-security-token: t",
                "security-token: t",
                "x-oss-content-sha256: UNSIGNED-PAYLOAD",
                "x-oss-callback: x",
                "x-oss-callback-var: x",
                "x-oss-symlink-target: t",
                "x-oss-server-side-encryption: KMS",
                "x-oss-server-side-encryption-key-id: k",
                "x-oss-storage-class: Archive",
                "x-oss-acl: public-read",
                "x-oss-meta-: x",
                "x-oss-meta-a b: x",
                "x-oss-meta-\u00e9: x",
                "Range: bytes=0-1",
                "Cookie: a",
                "X-Forwarded-For: 1.2.3.4",
                "Content-Range: x",
                "Transfer-Encoding: chunked",
                "x-oss-copy-source-range: bytes=0-1",
                "x-oss-metadata-directive: COPY",
                "x-oss-tagging-directive: Copy"
            })
    void aHeaderThatIsNotListedIsRefused(String header) {
        isRefused(TABLE, OssRequests.put("k", "", header), notSignable(header));
    }

    private static SigningRefusal.Code notSignable(String header) {
        return switch (header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT)) {
            case "x-oss-security-token" -> SigningRefusal.Code.SECURITY_TOKEN_NOT_SIGNABLE;
            case "x-oss-callback", "x-oss-callback-var" -> SigningRefusal.Code.CALLBACK_NOT_SIGNABLE;
            case "x-oss-symlink-target" -> SigningRefusal.Code.SYMLINK_NOT_SIGNABLE;
            default -> SigningRefusal.Code.HEADER_NOT_SIGNABLE;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "d41d8cd98f00b204e9800998ecf8427e", "1B2M2Y8AsgTpgAmY7PhCfg", "=="})
    void aContentMd5IsTheBase64OfADigest(String digest) throws SigningRefusal {
        isRefused(TABLE, OssRequests.put("k", "", "Content-MD5: " + digest), SigningRefusal.Code.INVALID_ARGUMENT);
        assertThat(TABLE.admit(OssRequests.put("k", "", "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg=="))
                        .operation())
                .isEqualTo(Operation.PUT_OBJECT);
    }

    @Test
    void aHeaderMayOccurOnce() {
        isRefused(
                TABLE,
                OssRequests.put("k", "", "Content-Type: a", "content-type: b"),
                SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "a\u0000", "\u00e9", "a\r\nx-oss-object-acl:public-read"})
    void aHeaderValueIsPrintableAscii(String value) {
        OssRequest request = OssRequests.put("k", "");
        isRefused(
                TABLE,
                new OssRequest(
                        request.method(),
                        request.address(),
                        request.query(),
                        request.headers().and("x-oss-meta-a", value)),
                SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @Test
    void anObjectAclNeedsTheRightToSetIt() throws SigningRefusal {
        assertThat(TABLE.admit(OssRequests.put("k", "", "x-oss-object-acl: public-read"))
                        .rights())
                .containsExactly(right("oss:PutObject", "k"), right("oss:PutObjectAcl", "k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-copy-source: /examplebucket/a,/srcbucket/b",
                "x-oss-copy-source: /examplebucket/a,",
                "x-oss-tagging: a=b,c=d",
                "x-oss-object-acl: default,default"
            })
    void refusesAHeaderThatMayBeSentAsTwoLines(String header) {
        assertThatThrownBy(() -> TABLE.admit(OssRequests.put("k", "", header)))
                .isInstanceOf(SigningRefusal.class)
                .hasMessageContaining("%2C");
    }

    @Test
    void aCommaThatIsEncodedIsOneLine() throws SigningRefusal {
        assertThat(TABLE.admit(OssRequests.put("k", "", "x-oss-copy-source: /examplebucket/a%2Cb"))
                        .rights())
                .contains(right("oss:GetObject", "a,b"));
    }

    @Test
    void taggingNeedsTheRightToTag() throws SigningRefusal {
        assertThat(TABLE.admit(OssRequests.put("k", "", "x-oss-tagging: a=b")).rights())
                .containsExactly(right("oss:PutObject", "k"), right("oss:PutObjectTagging", "k"));
    }

    @Test
    void aCopyNeedsTheRightToReadItsSource() throws SigningRefusal {
        SignableRequest admitted = TABLE.admit(OssRequests.put(
                "k",
                "",
                "x-oss-copy-source: /srcbucket/s%20k",
                "x-oss-copy-source-if-match: e",
                "x-oss-metadata-directive: COPY"));
        assertThat(admitted.operation()).isEqualTo(Operation.COPY_OBJECT);
        assertThat(admitted.rights())
                .containsExactly(
                        right("oss:PutObject", "k"), new Right("oss:GetObject", Target.object("srcbucket", "s k")));
        assertThat(admitted.buckets()).containsExactlyInAnyOrder("examplebucket", "srcbucket");
    }

    @Test
    void aCopySourceThatCannotBeReadIsMalformed() {
        isRefused(
                TABLE, OssRequests.put("k", "", "x-oss-copy-source: srcbucket"), SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srcbucket/a/../b", "/srcbucket/%2e%2e", "/srcbucket/./a"})
    void aCopySourceWithADotSegmentIsRefused(String source) {
        isRefused(
                TABLE, OssRequests.put("k", "", "x-oss-copy-source: " + source), SigningRefusal.Code.KEY_NOT_SIGNABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/..", "../a", "a/./b", "a/../b", "./", "a//../b"})
    void aKeyWithADotSegmentIsRefused(String key) {
        isRefused(TABLE, OssRequests.get(key, ""), SigningRefusal.Code.KEY_NOT_SIGNABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"...", "a..b", ".a", "a/.b", "a//b", "/a", "a/", "%2e%2e", "\u4e2d\u6587", "a?acl", "..a/b"})
    void anyOtherKeyIsKept(String key) throws SigningRefusal {
        assertThat(TABLE.admit(OssRequests.get(key, "")).request().target())
                .isEqualTo(Target.object("examplebucket", key));
    }

    @Test
    void aKeyThatOssWouldNotTakeIsMalformed() {
        isRefused(TABLE, OssRequests.get("a\u0000b", ""), SigningRefusal.Code.INVALID_ARGUMENT);
        isRefused(TABLE, OssRequests.get("\ud800", ""), SigningRefusal.Code.INVALID_ARGUMENT);
        isRefused(TABLE, OssRequests.get("k".repeat(1024), ""), SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Bucket", "b/c", "b?c", "../b", "a.b"})
    void aBucketNameThatCannotBeIsMalformed(String bucket) {
        isRefused(
                TABLE,
                OssRequests.request(HttpMethod.GET, Target.object(bucket, "k"), ""),
                SigningRefusal.Code.INVALID_ARGUMENT);
    }

    @Test
    void onlyObjectsAreSignedFor() {
        isNotSignable(OssRequests.request(HttpMethod.GET, Target.bucket("examplebucket"), ""));
        isNotSignable(OssRequests.request(HttpMethod.GET, Target.service(), ""));
        isNotSignable(OssRequests.request(
                HttpMethod.POST, Target.bucket("examplebucket"), "", "Content-Type: multipart/form-data"));
    }

    @Test
    void aPreflightIsNotSigned() {
        isNotSignable(OssRequests.request(HttpMethod.OPTIONS, Target.object("examplebucket", "k"), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/watermark,image_cGFuZGE", "image/resize,w_1/watermark,text_eA", "csv/select", "json/meta", "",
                        "image",
                "image/", "image//resize", "imm/previewdoc", "image/resize|sys/notify,topic_a", "sys/saveas", "video/*",
                "IMAGE/resize", "style", "image/resize/", "|image/resize"
            })
    void aProcessThatIsNotListedIsRefused(String process) {
        OssRequest request = OssRequests.get("k", "");
        isRefused(
                TABLE,
                new OssRequest(
                        request.method(),
                        request.address(),
                        request.query().and(QueryParameter.of("x-oss-process", process)),
                        request.headers()),
                SigningRefusal.Code.PROCESS_NOT_SIGNABLE);
    }

    @Test
    void aProcessThatSavesNeedsTheRightToWriteThere() throws SigningRefusal {
        String saveAs = "image/resize,w_100|sys/saveas,o_" + encoded("thumbs/k") + ",b_" + encoded("otherbucket");
        SignableRequest admitted = TABLE.admit(OssRequests.post("k", "x-oss-process=" + saveAs));
        assertThat(admitted.rights())
                .contains(
                        right("oss:GetObject", "k"),
                        new Right("oss:PutObject", Target.object("otherbucket", "thumbs/k")));
        assertThat(admitted.buckets()).containsExactlyInAnyOrder("examplebucket", "otherbucket");
    }

    @Test
    void aProcessThatSavesUnderADotSegmentIsRefused() {
        isRefused(
                TABLE,
                OssRequests.post("k", "x-oss-process=image/resize,w_1|sys/saveas,o_" + encoded("a/../b")),
                SigningRefusal.Code.KEY_NOT_SIGNABLE);
    }

    @Test
    void aCallbackIsTheOperatorsToAllow() throws SigningRefusal {
        OssRequest request = OssRequests.put("k", "", "x-oss-callback: eyJ9", "x-oss-callback-var: eyJ9");
        isRefused(TABLE, request, SigningRefusal.Code.CALLBACK_NOT_SIGNABLE);
        isRefused(TABLE, OssRequests.put("k", "callback=eyJ9"), SigningRefusal.Code.CALLBACK_NOT_SIGNABLE);
        isRefused(TABLE, OssRequests.put("k", "callback-var=eyJ9"), SigningRefusal.Code.CALLBACK_NOT_SIGNABLE);
        assertThat(OPEN.admit(request).operation()).isEqualTo(Operation.PUT_OBJECT);
        assertThat(OPEN.admit(OssRequests.put("k", "callback=eyJ9&callback-var=eyJ9"))
                        .operation())
                .isEqualTo(Operation.PUT_OBJECT);
    }

    @Test
    void aSymlinkIsTheOperatorsToAllowAndNeedsTheRightToReadItsTarget() throws SigningRefusal {
        OssRequest request = OssRequests.put("k", "symlink", "x-oss-symlink-target: target");
        isRefused(TABLE, request, SigningRefusal.Code.SYMLINK_NOT_SIGNABLE);
        isRefused(TABLE, OssRequests.get("k", "symlink"), SigningRefusal.Code.SYMLINK_NOT_SIGNABLE);
        assertThat(OPEN.admit(request).rights())
                .contains(right("oss:PutObject", "k"), right("oss:GetObject", "target"));
        isRefused(
                OPEN,
                OssRequests.put("k", "", "x-oss-symlink-target: target"),
                SigningRefusal.Code.SYMLINK_NOT_SIGNABLE);
        isRefused(
                OPEN,
                OssRequests.put("k", "symlink", "x-oss-symlink-target: a/../b"),
                SigningRefusal.Code.KEY_NOT_SIGNABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resize", "image", "image/", "sys/saveas", "sys/*", "*/*", "image/Resize", "image/a/b", ""})
    void aProcessIsListedByKindAndAction(String process) {
        assertThatThrownBy(() -> new SigningOptions(false, false, Set.of(process)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongOrOddNameIsNotRepeated() {
        assertThatThrownBy(() -> TABLE.admit(OssRequests.get("k", "n".repeat(65) + "=1")))
                .message()
                .doesNotContain("nnn");
        assertThatThrownBy(() -> TABLE.admit(OssRequests.get("k", "a%0Ab=1")))
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource(SigningRefusal.Code.class)
    void everyErrorHasAStatusOfAnError(SigningRefusal.Code error) {
        assertThat(error.status()).isBetween(400, 499);
        assertThat(error.text()).isNotEmpty();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

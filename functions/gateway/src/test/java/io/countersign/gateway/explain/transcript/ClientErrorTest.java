package io.countersign.gateway.explain.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the SDKs' exceptions, as their sources and samples write them: each is read with its code and its message. */
class ClientErrorTest {
    private static final String MESSAGE = "Access denied by bucket policy.";
    private static final String ID = "5C3D9778CC1C2AEDF85B587B";

    private static ErrorBody read(String text) {
        try {
            return ((Exchange.Answer) Transcript.parse(text)).error().orElseThrow();
        } catch (Exchange.InvalidTranscript e) {
            throw new AssertionError(text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // aliyun-oss-php-sdk, OssException; uncaught, and in the log of a framework
                "AccessDenied: %m RequestId: %i",
                "putObject: FAILED\nAccessDenied: %m RequestId: %i\n",
                "PHP Fatal error:  Uncaught OSS\\Core\\OssException: AccessDenied: %m RequestId: %i in /app/vendor/OSS/Result/Result.php:96",
                "Uncaught OSS\\Core\\OssException: AccessDenied: %m RequestId: %i in /app/vendor/x.php:96\nStack trace:\n#0 {main}",
                "[2026-11-17 16:12:31] production.ERROR: AccessDenied: %m RequestId: %i {\"exception\":\"[object] (OSS\\\\Core\\\\OssException(code: 0): AccessDenied: %m RequestId: %i at /app/x.php:96)\"}",
                "Error: AccessDenied: %m RequestId: %i",
                // alibabacloud-oss-php-sdk-v2, ServiceException
                "Error returned by Service.\nHttp Status Code: 403\nError Code: AccessDenied\nRequest Id: %i\nMessage: %m\nEC: \nTimestamp: Tue, 17 Nov 2026 08:12:31 GMT\nRequest Endpoint: GET https://b.example/a",
                // aliyun-oss-csharp-sdk, its samples
                "Failed with error code: AccessDenied; Error info: %m. \nRequestID:%i\tHostID:b.oss-cn-hangzhou.aliyuncs.com",
                "Failed with error code: AccessDenied; Error info: %m \r\nRequestID:%i\tHostID:b.oss-cn-hangzhou.aliyuncs.com\r\n",
                "Failed with error info: AccessDenied; Error info: %m. \nRequestID:%i\tHostID:",
                "\"Failed with error code: AccessDenied; Error info: %m. \\nRequestID:%i\\tHostID:b\"",
                // aliyun-oss-ruby-sdk, ServerError#to_s
                "RequestId: %i, Code: AccessDenied, Message: %m, HostId: b.oss-cn-hangzhou.aliyuncs.com, HTTPCode: 403",
                // aliyun-oss-java-sdk, its message and its samples
                "com.aliyun.oss.OSSException: %m\n[ErrorCode]: AccessDenied\n[RequestId]: %i\n[HostId]: b\n\tat a.B.c(B.java:1)",
                "Error Message:%m\nError Code:AccessDenied\nRequest ID:%i\nHost ID:b",
                "Error Message: \t%m\nError Code: \tAccessDenied\nRequest ID: \t%i\n",
                // aliyun-oss-go-sdk, by itself and in a log of JSON lines
                "oss: service returned error: StatusCode=403, ErrorCode=AccessDenied, ErrorMessage=\"%m\", RequestId=%i",
                "{\"level\":\"error\",\"msg\":\"oss: service returned error: StatusCode=403, ErrorCode=AccessDenied, ErrorMessage=\\\"%m\\\", RequestId=%i\"}",
                // oss2
                "{'status': 403, 'x-oss-request-id': '%i', 'details': {'Code': 'AccessDenied', 'Message': '%m', 'RequestId': '%i'}}",
                // ali-oss
                "AccessDeniedError: %m\n    at Client.requestError (client.js:321:13) {\n  status: 403,\n  code: 'AccessDenied',\n  requestId: '%i'\n}",
                "{\"name\":\"AccessDeniedError\",\"message\":\"%m\",\"status\":403,\"code\":\"AccessDenied\",\"requestId\":\"%i\"}",
                "{name: 'AccessDeniedError', message: '%m', status: 403, code: 'AccessDenied', requestId: '%i'}",
                // aliyun-oss-cpp-sdk and aliyun-oss-c-sdk, their samples
                "PutObject fail,code:AccessDenied,message:%m,requestId:%i",
                "code:403,error_code:AccessDenied,error_message:%m,request_id:%i",
                // Android
                "[StatusCode]: 403, [Code]: AccessDenied, [Message]: %m, [Requestid]: %i, [HostId]: b, [RawMessage]: "
            })
    void aTextIsReadWithItsCodeAndItsMessage(String form) {
        ErrorBody error = read(form.replace("%m", MESSAGE).replace("%i", ID));
        assertThat(error.code()).isEqualTo("AccessDenied");
        assertThat(error.message()).startsWith("Access denied by bucket policy").hasSizeLessThan(MESSAGE.length() + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDenied: m RequestId: %i EC:0003-00000101",
                "AccessDenied: m RequestId: %i EC: 0003-00000101",
                "AccessDenied:  RequestId: %i, EC: 0003-00000101",
                "oss: service returned error: StatusCode=403, ErrorCode=AccessDenied, ErrorMessage=\"m\", RequestId=%i, Ec=0003-00000101",
                "code: 'AccessDenied', requestId: '%i', ecCode: '0003-00000101'"
            })
    void itsEcIsReadWhereItHasOne(String form) {
        assertThat(read(form.replace("%i", ID)).error().ec()).contains("0003-00000101");
    }

    @Test
    void aMessageMayHaveColons() {
        ErrorBody error = read("AccessDenied: Invalid according to Policy: Policy expired. RequestId: " + ID);
        assertThat(error.code()).isEqualTo("AccessDenied");
        assertThat(error.message()).isEqualTo("Invalid according to Policy: Policy expired.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDenied: no id",
                "AccessDenied: m RequestId: ",
                "AccessDenied\nm RequestId: 5C3D9778CC1C2AEDF85B587B",
                "Aliyun::OSS::ServerError: Access denied. RequestId: 5C3D9778CC1C2AEDF85B587B",
                "Caught exception: something RequestId: 5C3D9778CC1C2AEDF85B587B",
                "RuntimeException: no code here RequestId: 5C3D9778CC1C2AEDF85B587B"
            })
    void findsNoErrorInTextWithoutACode(String text) {
        assertThatThrownBy(() -> Transcript.parse(text)).isInstanceOf(Exchange.InvalidTranscript.class);
    }
}

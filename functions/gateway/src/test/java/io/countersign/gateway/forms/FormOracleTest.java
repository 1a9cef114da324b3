package io.countersign.gateway.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import io.countersign.gateway.forms.Forms.Form;
import io.countersign.identity.TestToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** The official SDK signs the policies of {@code /post-policy} with the same signature. */
class FormOracleTest {
    private static final String WANTED =
            "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/\",\"contentTypes\":[\"image/png\",\"a/$b\"],\"version\":\"%s\"}";

    private static OSS sdk(SignVersion version) {
        ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
        configuration.setSignatureVersion(version);
        return OSSClientBuilder.create()
                .endpoint("https://oss-cn-hangzhou.aliyuncs.com")
                .region("cn-hangzhou")
                .credentialsProvider(new DefaultCredentialProvider(Forms.KEY_ID, Forms.SECRET))
                .clientConfiguration(configuration)
                .build();
    }

    private static String policy(Form form) {
        return new String(Base64.getDecoder().decode(form.field("policy")), StandardCharsets.UTF_8);
    }

    @Test
    void aV1FormIsSignedAsTheSdkSigns() throws Exception {
        Form form = new Forms().made(WANTED.formatted("V1"));
        assertThat(sdk(SignVersion.V1).calculatePostSignature(policy(form))).isEqualTo(form.field("Signature"));
    }

    @Test
    void aV4FormIsSignedAsTheSdkSigns() throws Exception {
        Form form = new Forms().made(WANTED.formatted("V4"));
        assertThat(sdk(SignVersion.V4).calculatePostSignature(policy(form), Date.from(TestToken.NOW)))
                .isEqualTo(form.field("x-oss-signature"));
    }
}

using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Wires;

/// <summary>
/// What the platforms' own libraries expect in their own tests: certificates, signatures and ciphertexts of wechatpay-apiv3/wechatpay-go
/// (utils/aes_test.go, core/auth/verifiers/sha256withrsa_verifier_test.go) and alipay/alipay-sdk-nodejs-all (test/antcertutil.test.ts).
/// </summary>
public sealed class OfficialVectorTests
{
    private const string WeChatSignatureOfSource =
        "BKyAfU4iMCuvXMXS0Wzam3V/cnxZ+JaqigPM5OhljS2iOT95OO6Fsuml2JkFANJU9K6q9bLlDhPXuoVz+pp4hAm6pHU4ld815U4jsKu1RkyaII+1CYBUYC8TK0XtJ8Fw"
        + "UXXz8vZHh58rrAVN1XwNyvD1vfpxrMT4SL536GLwvpUHlCqIMzoZUguLli/K8V29QiOhuH6IEqLNJn8e9b3nwNcQ7be3CzYGpDAKBfDGPCqCv8Rw5zndhlffk2FEA70G"
        + "4hvMwe51qMN/RAJbknXG23bSlObuTCN7Ndj1aJGH6/L+hdwfLpUtJm4QYVazzW7DFD27EpSQEqA8bX9+8m1rLg==";

    [Fact]
    public void A_WeChat_certificate_has_its_serial_and_verifies_its_signature()
    {
        using var certificate = X509Certificate2.CreateFromPem(Pem("wechatpay-platform"));
        using var key = certificate.GetRSAPublicKey()!;

        Assert.True(PlatformKeys.IsSame(certificate.SerialNumber, "F5765756002FDD77"));
        Assert.False(PlatformKeys.IsSame(certificate.SerialNumber, "F5765756002FDD7"));
        Assert.True(WeChatSignature.Holds(key, "source"u8.ToArray(), WeChatSignatureOfSource));
        Assert.False(WeChatSignature.Holds(key, "wrong source"u8.ToArray(), WeChatSignatureOfSource));
    }

    [Theory]
    [InlineData("testAPIv3Key0000", "FsdXzxryWfKwvLJKf8LG/ToRPTRh8RN9wROC", "Hello World")]
    [InlineData("testAPIv3Key1111", "FsdXzxryWfKwvLJKf8LG/ToRPTRh8RN9wROC", null)]
    [InlineData("testAPIv3Key0000", "SGVsbG8gV29ybGQK", null)]
    [InlineData("testAPIv3Key0000", "invalid cipher", null)]
    public void A_WeChat_resource_opens_as_the_library_opens_it(string key, string ciphertext, string? text)
    {
        var resource = JsonSerializer.SerializeToElement(new
        {
            algorithm = "AEAD_AES_256_GCM",
            nonce = "wCq51qZv4Yfg",
            associated_data = "Dl56FrqWQJF1t9LtC3vEUsniZKvbqdR8",
            ciphertext,
        });

        var opened = WeChatCipher.Open(Encoding.ASCII.GetBytes(key), resource);

        Assert.Equal(text, opened is null ? null : Encoding.UTF8.GetString(opened));
    }

    [Theory]
    [InlineData("alipay-app", "866efef280dec9137a87d047ac446315")]
    [InlineData("alipay", "7513daaaa48aa3ba2e4018d84402479c")]
    public void An_Alipay_certificate_has_its_number(string name, string number) =>
        Assert.Equal(number, AlipaySignature.CertificateNumber(Pem(name)));

    private static string Pem(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "official", $"{name}.pem"));
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Sandbox.Identity;

/// <summary>
/// Tencent Cloud's checks of identity: takes what is signed and sealed, and knows everybody by what he is called, except whose name ends in 不符 (another
/// one has that number) or 查无 (nobody has it).
/// </summary>
internal sealed class IdCheckServer(SandboxKeys keys, TimeProvider time, Faults faults)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/faceid/", async (HttpContext http) =>
    {
        var body = await Reading.BodyAsync(http.Request);
        var fault = faults.Take(Wire.IdCheck, On.Call);
        if (fault is Fault.Fail or Fault.FailAfter) return Results.StatusCode(500);
        if (TencentGate.Refuse(http.Request, body, keys, new("faceid", "IdCardVerification", "2018-03-01"), time) is { } why) return TencentGate.No(why);
        if (fault == Fault.Busy) return Say("-6", "权威比对系统升级中，请稍后再试");
        try
        {
            return Answer(Open(JsonSerializer.Deserialize<Call>(body)!));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException or NullReferenceException)
        {
            return TencentGate.No("FailedOperation.DecryptSystemError");
        }
    });

    private static IResult Answer((string Name, string IdCard) person) =>
        !CitizenId.IsValid(person.IdCard, out _) ? Say("-2", "非法身份证号")
        : person.Name.EndsWith("不符", StringComparison.Ordinal) ? Say("-1", "姓名和身份证号不一致")
        : person.Name.EndsWith("查无", StringComparison.Ordinal) ? Say("-5", "证件库中无此身份证记录")
        : Say("0", "姓名和身份证号一致");

    private (string Name, string IdCard) Open(Call call)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(keys.IdCheckKeyPem);
        using var aes = Aes.Create();
        aes.Key = rsa.Decrypt(Convert.FromBase64String(call.Encryption.CiphertextBlob), RSAEncryptionPadding.Pkcs1);
        return (Plain(call.Name), Plain(call.IdCard));

        string Plain(string text) => Encoding.UTF8.GetString(aes.DecryptCbc(Convert.FromBase64String(text), Convert.FromBase64String(call.Encryption.Iv)));
    }

    private static IResult Say(string result, string words) =>
        Results.Json(new { Response = new { Result = result, Description = words } }, Reading.Plain);

    private sealed record Call(string Name, string IdCard, Sealing Encryption);

    private sealed record Sealing(string CiphertextBlob, string Iv, string Algorithm, string[] EncryptList);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaoSuan.Platform;

namespace HaoSuan.Sandbox;

/// <summary>Whether a call to Tencent Cloud is one of its account, signed, and of now.</summary>
internal static class TencentGate
{
    private const int Patience = 300;

    /// <summary>The platform's code for what is wrong; null: nothing is.</summary>
    public static string? Refuse(HttpRequest request, byte[] body, SandboxKeys keys, TencentCall call, TimeProvider time)
    {
        if (request.Headers["X-TC-Action"] != call.Action || request.Headers["X-TC-Version"] != call.Version) return "InvalidAction";
        if (!long.TryParse(request.Headers["X-TC-Timestamp"], CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - time.GetUtcNow().ToUnixTimeSeconds()) > Patience) return "AuthFailure.SignatureExpire";
        var expected = TencentCloud.Authorization(call.Service, keys.SmsSecretId, keys.SmsSecretKey, request.Host.Value ?? "", seconds, body);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()))
            ? null
            : "AuthFailure.SignatureFailure";
    }

    public static IResult No(string code) =>
        Results.Json(new { Response = new { Error = new { Code = code, Message = code } } }, Reading.Plain);
}

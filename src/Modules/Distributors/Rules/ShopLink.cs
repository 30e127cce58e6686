using Microsoft.AspNetCore.Http;
using QRCoder;

namespace HaoSuan.Distributors;

/// <summary>An invitation as people pass it on: an address, and a picture of it.</summary>
internal static class ShopLink
{
    public static string Of(HttpRequest request, string code) => $"{request.Scheme}://{request.Host}/s/{code}";

    /// <summary>The QR code, as the source of an image.</summary>
    public static string Picture(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(png.GetGraphic(8))}";
    }
}

using System.Collections;
using Microsoft.AspNetCore.Http;
using QRCoder;

namespace HaoSuan.Distributors;

/// <summary>An invitation as people pass it on: an address, and a picture of it.</summary>
internal static class ShopLink
{
    public static string Of(HttpRequest request, string code) => $"{request.Scheme}://{request.Host}/s/{code}";

    /// <summary>The address of a product there.</summary>
    public static string Of(HttpRequest request, string code, string product) => $"{Of(request, code)}/{product}";

    /// <summary>The QR code, row by row, with its quiet zone.</summary>
    public static IReadOnlyList<BitArray> Modules(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return data.ModuleMatrix;
    }

    /// <summary>The QR code, as the source of an image.</summary>
    public static string Picture(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(png.GetGraphic(8))}";
    }
}

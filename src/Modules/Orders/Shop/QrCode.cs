using System.Globalization;
using System.Text;
using QRCoder;

namespace HaoSuan.Orders;

/// <summary>A QR code as one path of an SVG: no inline style, no picture to load.</summary>
internal static class QrCode
{
    public static (int Size, string Path) Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules.Count; x++)
            {
                if (modules[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        return (modules.Count, path.ToString());
    }
}

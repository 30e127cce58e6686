using System.Globalization;
using System.Text.Json.Nodes;
using HaoSuan.Settling;

namespace HaoSuan.Catalog;

/// <summary>An attribute's value as people write it: app, 2, true; what looks like a number or a flag and is a text stands in quotes: "2".</summary>
internal static class ScalarText
{
    public static JsonNode Read(string text)
    {
        if (text.Length >= 2 && Quotes.Contains(text[0]) && Quotes.Contains(text[^1])) return text[1..^1];
        if (text is "true" or "false") return text == "true";
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
    }

    /// <summary>The same as the scheme's reader would have it of that JSON.</summary>
    public static Scalar Of(string text)
    {
        var node = Read(text).AsValue();
        return node.TryGetValue<string>(out var plain) ? Scalar.Of(plain) : Scalar.Literal(node.ToJsonString());
    }

    public static string Of(Scalar value)
    {
        var isPlain = !value.IsText || Read(value.Text).AsValue().TryGetValue<string>(out _);
        return isPlain ? value.Text : $"\"{value.Text}\"";
    }

    private const string Quotes = "\"“”";
}

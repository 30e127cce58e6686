using System.Globalization;

namespace HaoSuan.Platform;

/// <summary>The words for refusals and for what people are told, in the user's language: Chinese by default, English where asked for.</summary>
public sealed class Texts(IEnumerable<Module> modules)
{
    private readonly Dictionary<string, Module> _modules = modules.ToDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>The refusal's text. The key in the resources is its whole code, e.g. <c>orders.id_number_checksum</c>.</summary>
    public string Of(Refusal refusal, CultureInfo? culture = null) =>
        Of(refusal.Code, culture ?? CultureInfo.CurrentUICulture, [.. refusal.Arguments]);

    /// <summary>The text of a key that begins with the module's name, in the language of whoever reads it now.</summary>
    public string Of(string key, params object[] arguments) => Of(key, CultureInfo.CurrentUICulture, arguments);

    private string Of(string key, CultureInfo culture, object[] arguments)
    {
        var format = _modules.GetValueOrDefault(key.Split('.')[0])?.Texts?.GetString(key, culture)
            ?? throw new InvalidOperationException($"No text for {key}.");
        return string.Format(CultureInfo.InvariantCulture, format, arguments);
    }
}

using System.Globalization;

namespace HaoSuan.Platform;

/// <summary>The words for refusals, in the user's language: Chinese by default, English where asked for.</summary>
public sealed class Texts(IEnumerable<Module> modules)
{
    private readonly Dictionary<string, Module> _modules = modules.ToDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>The refusal's text. The key in the resources is its whole code, e.g. <c>orders.id_number_checksum</c>.</summary>
    public string Of(Refusal refusal, CultureInfo? culture = null)
    {
        var module = _modules.GetValueOrDefault(refusal.Code.Split('.')[0]);
        var format = module?.Texts?.GetString(refusal.Code, culture ?? CultureInfo.CurrentUICulture)
            ?? throw new InvalidOperationException($"No text for the refusal {refusal.Code}.");
        return string.Format(CultureInfo.InvariantCulture, format, [.. refusal.Arguments]);
    }
}

using System.Globalization;
using System.Resources;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Platform.Sheets;

/// <summary>The words for what is wrong with a file of accounts: Chinese by default, English where asked for.</summary>
public static class SheetTexts
{
    /// <summary>The resources of every refusal that begins with <c>sheets.</c>, and names of classes and fields</summary>
    public static ResourceManager Resources { get; } = new("HaoSuan.Platform.Sheets.Sheets", typeof(SheetTexts).Assembly);

    public static string Of(Refusal refusal, CultureInfo? culture = null) =>
        string.Format(
            CultureInfo.InvariantCulture, Word(refusal.Code, culture),
            [.. refusal.Arguments.Select(a => a is Field field ? Word($"field.{field}", culture) : a)]);

    public static string Word(string key, CultureInfo? culture = null) =>
        Resources.GetString(key, culture ?? CultureInfo.CurrentUICulture) ?? throw new InvalidOperationException($"No text for {key}.");
}

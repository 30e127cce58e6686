using System.CommandLine;
using HaoSuan.Settling;

namespace HaoSuan.Cli;

/// <summary>The language in which a verb speaks: --lang, or that of the environment, or English.</summary>
internal static class Speech
{
    public static Option<string> Option()
    {
        var option = new Option<string>("--lang") { Description = "Language of messages: zh or en" };
        option.AcceptOnlyFromAmong("zh", "en");
        return option;
    }

    public static Language Of(string? lang) =>
        (lang ?? Environmental()).StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Language.Chinese : Language.English;

    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    private static string Environmental() =>
        Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "en";
}

using System.Globalization;
using HaoSuan.Ledger;
using HaoSuan.Platform;
using HaoSuan.Settling;

namespace HaoSuan.Cli;

/// <summary>haosuan verify STATEMENT.json: a distributor's statement by its file alone. One line, or one for each fault.</summary>
internal static class VerifyStatement
{
    private const int Unproven = 2;

    public static async Task<int> RunAsync(FileInfo file, string? checkpoint, Language language, TextWriter output, TextWriter error)
    {
        if (!Load(file).TryGet(out var bytes, out var refusals)) return await TellAsync(refusals, file, language, error);
        if (!CheckedStatement.Of(bytes, checkpoint).TryGet(out var statement, out refusals)) return await TellAsync(refusals, file, language, error);
        await output.WriteLineAsync(language == Language.Chinese ? InChinese(statement) : InEnglish(statement));
        return 0;
    }

    private static Result<byte[]> Load(FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal("ledger.statement_unreadable", e.Message);
        }
    }

    private static async Task<int> TellAsync(IReadOnlyList<Refusal> faults, FileInfo file, Language language, TextWriter error)
    {
        var texts = new Texts([new Module("ledger", typeof(CheckedStatement).Assembly)]);
        var culture = CultureInfo.GetCultureInfo(language == Language.Chinese ? "zh-CN" : "en");
        foreach (var fault in faults) await error.WriteLineAsync($"{file.Name}: {texts.Of(fault, culture)}");
        return Unproven;
    }

    private static string InChinese(CheckedStatement s) =>
        $"{s.Month} 对账单属实{(s.IsClosed ? "" : "（该月尚未关账，只含已封存的部分）")}：{s.Postings} 行均在账，期初 {s.Opening}，发生 {s.Moved}，期末 {s.Closing}；"
        + $"检查点 第 {s.Height} 块 {s.Hash}";

    private static string InEnglish(CheckedStatement s) =>
        $"{s.Month} is proven{(s.IsClosed ? "" : " (the month is open: what is sealed so far)")}: {s.Postings} postings, "
        + $"opening {s.Opening}, moved {s.Moved}, closing {s.Closing}; checkpoint block {s.Height} {s.Hash}";
}

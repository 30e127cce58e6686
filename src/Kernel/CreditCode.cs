namespace HaoSuan.Kernel;

/// <summary>The unified social credit code (统一社会信用代码, GB 32100) of a company: seventeen characters, and a check character modulo 31.</summary>
public static class CreditCode
{
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>Whether its form is right. Whether there is such a company, nobody was asked.</summary>
    public static bool IsValid(string text) => text.Length == 18 && text.All(c => Characters.Contains(c)) && text[17] == CheckOf(text);

    private static char CheckOf(string code) => Characters[(31 - (Weights.Index().Sum(w => w.Item * Characters.IndexOf(code[w.Index])) % 31)) % 31];
}

namespace HaoSuan.Settling.Cases;

/// <summary>What is wrong at one place of a file. The path is like <c>orders[3].chain[1].rates.first</c>.</summary>
public sealed record Fault(string Path, string English, string Chinese)
{
    /// <summary>One line.</summary>
    public string Format(Language language) => language switch
    {
        Language.English => $"{Path}: {English}",
        Language.Chinese => $"{Path}: {Chinese}",
    };
}

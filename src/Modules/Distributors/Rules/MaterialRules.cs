namespace HaoSuan.Distributors;

/// <summary>What a material may be, and what becomes of it for a distributor and a product.</summary>
internal static class MaterialRules
{
    /// <summary>Where the distributor's link goes.</summary>
    public const string Link = "{链接}";

    public const int LongestTitle = 40, LongestText = 1000;

    /// <summary>What has room on a poster.</summary>
    public const int MostPoints = 4, LongestPoint = 16;

    public static IEnumerable<Refusal> Faults(NewMaterial material)
    {
        if (material.Title.Trim().Length is 0 or > LongestTitle) yield return new Refusal("distributors.material_title", LongestTitle).On("title");
        if (Plain(material.Text).Length is 0 or > LongestText) yield return new Refusal("distributors.material_text", LongestText).On("text");
        var points = PointsOf(material.Points);
        if (points.Count > MostPoints || points.Any(p => p.Length > LongestPoint))
            yield return new Refusal("distributors.material_points", MostPoints, LongestPoint).On("points");
    }

    public static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    public static IReadOnlyList<string> PointsOf(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text as a distributor passes it on.</summary>
    public static string With(string text, string link) =>
        text.Contains(Link, StringComparison.Ordinal) ? text.Replace(Link, link, StringComparison.Ordinal) : $"{text}\n{link}";

    /// <summary>Those of the product's own material that has some, or else of a general one: the first of each kind.</summary>
    public static IReadOnlyList<string> PointsFor(ProductId product, IReadOnlyList<Material> usable)
    {
        var speaking = usable.Where(m => m.Points.Count > 0).ToList();
        return (speaking.Find(m => m.Product == product) ?? speaking.Find(m => m.Product is null))?.Points ?? [];
    }
}

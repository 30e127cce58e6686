namespace HaoSuan.Ui;

/// <summary>A link of <see cref="Tabs"/>.</summary>
public sealed record Tab(string Text, string Href, bool Current, int? Count = null);

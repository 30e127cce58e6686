namespace HaoSuan.Ui;

/// <summary>One of the values of a <see cref="Choice"/> or <see cref="Select"/>.</summary>
public sealed record Option(string Value, string Text, string? Hint = null, bool Disabled = false);

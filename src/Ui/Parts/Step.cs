namespace HaoSuan.Ui;

public enum StepState { Done, Current, Ahead, Failed }

/// <summary>A step of a <see cref="Steps"/> list.</summary>
public sealed record Step(string Title, StepState State, Instant? At = null, string? Text = null);

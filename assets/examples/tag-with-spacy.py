# Suggestions of a spaCy model in Manicule: pip install spacy && python3 -m spacy download en_core_web_lg, then
#   manicule tag articles/ --tagger "python3 tag-with-spacy.py"
# or the same command under Settings, Work. One line out for each line in, flushed; offsets in code points.
import json, sys, spacy
nlp = spacy.load("en_core_web_lg")
for line in sys.stdin:
    article = json.loads(line)
    found = [{"start": ent.start_char, "end": ent.end_char, "label": ent.label_, "state": "suggested"} for ent in nlp(article["text"]).ents]
    print(json.dumps({"id": article["id"], "text": article["text"], "entities": found}), flush=True)
